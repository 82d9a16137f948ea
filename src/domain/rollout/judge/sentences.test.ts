import { describe, expect, it } from 'vitest';
import {
  count,
  counted,
  evidence,
  failed,
  milliseconds,
  percent,
  percentDown,
  percentUp,
  span,
  time,
  timeOf,
} from './sentences.ts';

describe('figures in sentences', () => {
  it('round bounds away from what they bound', () => {
    expect([percent(0.05), percent(0.1234), percent(0.0004)]).toEqual(['5 %', '12.3 %', '0.04 %']);
    expect([percentUp(0.0101), percentDown(0.0519), percentUp(0.05)]).toEqual(['1.1 %', '5.1 %', '5 %']);
  });

  it('write times with the unit of the whole', () => {
    expect([timeOf(192_000, 300_000), timeOf(2_500, 8_000)]).toEqual(['3:12 of 5:00', '2.5 s of 8 s']);
    expect([time(0), time(45_000), time(65_000), time(3_730_000)]).toEqual([
      '0 s',
      '45 s',
      '1:05',
      '1:02:10',
    ]);
    expect([span(120_000), span(90_000), span(7_200_000)]).toEqual(['2 min', '90 s', '2 h']);
  });

  it('leave out what is not known, and round what is', () => {
    expect([percent(0), percentUp(0), percentUp(0.00023), percentDown(0.00029)]).toEqual([
      '0 %',
      '0 %',
      '0.03 %',
      '0.02 %',
    ]);
    // In binary these are a little more, or less, than they say.
    expect([percentUp(0.07), percentDown(0.29), percentDown(0.07), percentUp(0.29)]).toEqual([
      '7 %',
      '29 %',
      '7 %',
      '29 %',
    ]);
    expect([count(1.6), counted(1, 'request'), counted(2, 'request')]).toEqual([
      '2',
      '1 request',
      '2 requests',
    ]);
    expect([failed({ requests: 0, errors: 0 }), failed({ requests: 1, errors: 1 })]).toEqual([
      'no request',
      '1 of 1 request failed (100 %)',
    ]);
    expect([milliseconds(2.3784), milliseconds(84.4)]).toEqual(['2.4 ms', '84 ms']);
  });

  it.each([
    [2_560, '2.5 s'],
    [12_300, '12 s'],
    [60_000, '1:00'],
    [65_999, '1:05'],
    [3_600_000, '1:00:00'],
  ])('say of %i ms that it is %s', (ms, text) => {
    expect(time(ms)).toBe(text);
  });

  it.each([
    [30_000, 60_000, '0:30 of 1:00'],
    [30_000, 59_000, '30 s of 59 s'],
  ])('say of %i ms of %i ms that it is %s', (part, whole, text) => {
    expect(timeOf(part, whole)).toBe(text);
  });

  it.each([
    [0, '0 s'],
    [60_000, '1 min'],
    [61_000, '61 s'],
    [1_500, '1.5 s'],
    [3_600_000, '1 h'],
    [5_400_000, '90 min'],
    [3_601_000, '3601 s'],
  ])('say of a span of %i ms that it is %s', (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  it('write evidence with no more digits than it has', () => {
    expect(evidence(Math.log(1e6))).toMatch(/^(?:999,999|1,000,000)$/u);
    expect([0.001, 0.7, 143.9, 12_345, 1e9].map((value) => evidence(Math.log(value)))).toEqual([
      'under 0.1',
      '0.7',
      '143',
      '12,345',
      'over 1,000,000',
    ]);
  });
});
