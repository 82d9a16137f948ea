import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { before, hour, minute, now, plainLook, second } from '../../../test/cli/sample.ts';
import { instant } from '../../domain/ids.ts';
import { bar, milliseconds, percent } from './figures.ts';
import { printable, printableLine, printableText } from './printable.ts';
import { createStyle } from './style.ts';
import { ago, duration, exactly, fromNow } from './time.ts';
import { columnsOf, fit, wrap } from './width.ts';

describe('times', () => {
  it('are said in the two units that matter', () => {
    expect([340, 8 * second, 192 * second, 20 * hour + 51 * minute, 52 * hour].map(duration)).toEqual([
      '340 ms',
      '8 s',
      '3 min 12 s',
      '20 h 51 min',
      '2 d 4 h',
    ]);
  });

  it('are relative, with the exact moment beside what is to come', () => {
    expect(ago(before(3 * minute), plainLook)).toBe('3 min ago');
    expect(ago(before(0), plainLook)).toBe('just now');
    expect(fromNow(instant(now + 90 * second), plainLook)).toBe('in 1 min 30 s (14:22:30 UTC)');
    expect(fromNow(before(1), plainLook)).toBe('now');
    expect(exactly(instant(now + 24 * hour), { ...plainLook, timeZone: 'Europe/Berlin' })).toBe(
      'Wed 25 Nov 2026, 15:21 CET',
    );
  });
});

describe('figures', () => {
  it('have units, and a dash where nobody knows', () => {
    expect([0.15, 0.0008, 0, null].map(percent)).toEqual(['15.0 %', '0.08 %', '0.0 %', '–']);
    expect([4.25, 312.4, 12_000, null].map(milliseconds)).toEqual(['4.3 ms', '312 ms', '12.0 s', '–']);
  });

  it('fill a bar only when it is reached', () => {
    expect([0, 0.5, 0.999, 1, 7].map((share) => bar(share, 4))).toEqual([
      '░░░░',
      '██░░',
      '███░',
      '████',
      '████',
    ]);
  });
});

describe('lines', () => {
  it('never grow wider than the terminal, whatever is in them', () => {
    const style = createStyle(true);
    const words = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string().map(style.bad)));
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 60 }), (parts, width) => {
        const line = parts.map(printableButColour).join(' ');
        expect(columnsOf(fit(line, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('are broken at spaces and lose no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/u), { minLength: 1 }), (words) => {
        const lines = wrap(words.join(' '), 20);
        expect(lines.join(' ')).toBe(words.join(' '));
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(20);
      }),
    );
  });

  it('hold nothing that a terminal would obey', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // oxlint-disable-next-line no-control-regex -- the point of the test
        expect(printableLine(text)).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
    expect(printable({ a: ['x\u001B[31m'], b: 1, c: null })).toEqual({ a: ['x[31m'], b: 1, c: null });
    expect(printableText('a\tb\n\u001B]0;c\u0007')).toBe('a    b\n]0;c');
  });
});

const printableButColour = (text: string): string =>
  text.startsWith('\u001B[31m') ? text.replaceAll('\n', ' ') : printableLine(text);
