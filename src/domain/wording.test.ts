import { describe, expect, it } from 'vitest';
import { listText, shareText, someText, spanText } from './wording.ts';

const [secondMs, minuteMs, hourMs, dayMs] = [1000, 60_000, 3_600_000, 86_400_000];

describe('what people are told', () => {
  it.each([
    [-5, '0 ms'],
    [850, '850 ms'],
    [1500, '1.5 s'],
    [2000, '2 s'],
    [45_400, '45 s'],
    [3 * minuteMs, '3 min'],
    [3 * minuteMs + 5 * secondMs, '3 min 5 s'],
    [20 * hourMs + 51 * minuteMs + 7 * secondMs, '20 h 51 min'],
    [2 * dayMs + 4 * hourMs + 9 * minuteMs, '2 d 4 h'],
    [2 * dayMs + 9 * minuteMs, '2 d'],
  ])('of %i ms is %s: its two largest units, where they are next to each other', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });

  it('of a list has an "and" or an "or" before its last', () => {
    expect([listText([]), listText(['a']), listText(['a', 'b']), listText(['a', 'b', 'c'], 'or')]).toEqual([
      '',
      'a',
      'a and b',
      'a, b or c',
    ]);
  });

  it('of a long list are the first ten, and how many more there are', () => {
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
    expect(someText(names.slice(0, 10))).toBe(listText(names.slice(0, 10)));
    expect(someText(names)).toMatch(/^n0, .*, n9 and 2 more$/u);
  });

  it('of a share is never more than it is', () => {
    expect([shareText(0.8), shareText(0.7999), shareText(0.29), shareText(1)]).toEqual([
      '80 %',
      '79.9 %',
      '29 %',
      '100 %',
    ]);
  });
});
