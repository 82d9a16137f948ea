import { describe, expect, it } from 'vitest';
import { evidence, percent, percentDown, percentUp, span, time, timeOf } from './sentences.ts';

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

  it('write evidence with no more digits than it has', () => {
    expect([0.001, 0.7, 143.9, 12_345, 1e9].map((value) => evidence(Math.log(value)))).toEqual([
      'under 0.1',
      '0.7',
      '143',
      '12,345',
      'over 1,000,000',
    ]);
  });
});
