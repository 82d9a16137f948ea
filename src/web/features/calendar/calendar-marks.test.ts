import { describe, expect, it } from 'vitest';
import { daysIn, isBlank, type Mark, markAfter, markAt, marksOf, percentAt } from './calendar-marks.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const start = Date.UTC(2026, 11, 14);
const range = { from: start, to: start + 14 * dayMs };
const band = (from: number, to: number) => ({
  from: start + from * dayMs,
  to: start + to * dayMs,
  kind: 'window' as const,
  because: 'open',
});
const prod = {
  environment: 'prod',
  open: true,
  because: 'open',
  changesAt: null,
  windows: [],
  freezes: [],
  exceptions: [],
  mayExcept: { kind: 'people' as const, roles: [], members: [], contacts: [] },
  bands: [band(-1, 1), band(1, 13), band(13, 20), band(20, 28)],
  changes: [
    {
      id: 'CHG-0001',
      release: '1.4.0',
      from: start - dayMs,
      to: start + dayMs / 2,
      state: 'approved' as const,
    },
  ],
  soaks: [{ release: '1.4.0', soaksIn: 'staging', endsAt: start + 2 * dayMs }],
  approvals: [{ release: '1.4.0', promotion: 'p', by: 'ada@example.org', endsAt: start + 14 * dayMs }],
};

describe('what stands on the line of an environment', () => {
  const marks = marksOf(prod, range);

  it('is in the order of time, and ends where the page ends', () => {
    const places = (mark: Mark): readonly number[] =>
      [mark.at, ...('to' in mark ? [mark.to] : [])].map((at) => (at - start) / dayMs);
    expect(marks.map((mark) => [mark.kind, ...places(mark)])).toEqual([
      ['band', 0, 1],
      ['change', 0, 0.5],
      ['band', 1, 13],
      ['soak', 2],
      ['band', 13, 14],
    ]);
  });

  it('is looked at from where it is now, and walked along by the keys of a list', () => {
    expect(markAt(marks, start + 3 * dayMs)).toBe(2);
    expect(markAt(marks, start - dayMs)).toBe(0);
    expect(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'a'].map((key) => markAfter(key, 1, 4))).toEqual([
      0,
      2,
      0,
      3,
      null,
    ]);
    expect([markAfter('ArrowLeft', 0, 4), markAfter('ArrowRight', 3, 4)]).toEqual([0, 3]);
  });

  it('lies at its share of the range', () => {
    expect(percentAt(start + 7 * dayMs, range)).toBe(50);
  });
});

describe('a calendar', () => {
  it('has a line at each midnight', () => {
    const days = daysIn({ from: start + hourMs, to: range.to }, 'utc');
    expect([days[0], days.length]).toEqual([start + dayMs, 13]);
  });

  it('is blank until a window, a freeze or an exception is declared', () => {
    const calendar = { now: start, ...range, environments: [prod] };
    expect(isBlank(calendar)).toBe(true);
    expect(isBlank({ ...calendar, environments: [{ ...prod, windows: ['daily UTC'] }] })).toBe(false);
  });
});
