import { describe, expect, it } from 'vitest';
import { clockText, exactText, relativeText, roughSpanText, spanText, stampText } from './format.ts';

const at = Date.UTC(2026, 10, 21, 14, 5, 11);

describe('a span of time', () => {
  it.each([
    [0, '0 s'],
    [12_400, '12 s'],
    [192_000, '3 min 12 s'],
    [180_000, '3 min'],
    [75_060_000, '20 h 51 min'],
    [86_400_000, '1 d'],
    [90_061_000, '1 d 1 h'],
  ])('of %i ms reads %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });

  it('is rough where only its size matters', () => {
    expect(roughSpanText(11_000_000)).toBe('3 h');
  });
});

describe('a moment', () => {
  it('is told by how far it lies from now', () => {
    expect(relativeText(at, at + 240_000)).toBe('4 min ago');
    expect(relativeText(at + 75_060_000, at)).toBe('in 20 h 51 min');
    expect(relativeText(at, at + 900)).toBe('just now');
  });

  it('is exact, with its zone, when asked for', () => {
    expect(exactText(at, 'utc')).toBe('Sat 21 Nov 2026, 14:05:11 UTC'.replace('Sat ', 'Sat, '));
    expect(clockText(at, 'utc')).toBe('14:05:11');
  });

  it('carries its day only when that is not today', () => {
    expect(stampText(at, at + 1000, 'utc')).toBe('14:05:11');
    expect(stampText(at, at + 86_400_000, 'utc')).toBe('Sat 14:05');
    expect(stampText(at, at + 30 * 86_400_000, 'utc')).toBe('21 Nov 14:05');
  });
});
