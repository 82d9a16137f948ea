import { describe, expect, it } from 'vitest';
import { aFreeze, aWindow, moment } from './calendar.kit.ts';
import { skippedOpenings, unopenedWindows } from './unopened.ts';

const now = moment('2026-11-21T12:00Z');
const found = (
  windows: readonly string[],
  freezes: Parameters<typeof aFreeze>[0][] = [],
): readonly string[] =>
  unopenedWindows({ windows: windows.map(aWindow), freezes: freezes.map(aFreeze) }, now).map(
    ({ message }) => message,
  );

describe('a window that nobody will find open', () => {
  it('is none of those that open now and then', () => {
    expect(found(['Tue-Thu 09:00-16:00 Europe/London', 'Sun 01:30-02:30 Europe/London'])).toEqual([]);
  });

  it('is named where freezes cover each of its openings', () => {
    const freezes = [
      { yearly: '11-01..06-30', zone: 'UTC' },
      { yearly: '07-01..10-31', zone: 'UTC' },
    ];
    expect(found(['Mon UTC'], freezes)).toEqual([
      'The window Mon UTC does not open within 400 days: each time, there is a freeze.',
    ]);
    expect(found(['Mon UTC'], freezes.slice(1))).toEqual([]);
  });

  it('is named where what no freeze covers is not one of its days', () => {
    const allButThursday = { yearly: '01-01..12-30', zone: 'UTC' };
    expect(found(['Mon UTC'], [allButThursday])).toHaveLength(1);
    expect(found(['Thu UTC'], [allButThursday])).toEqual([]);
  });

  it.each([
    ['on another day', 'Mon 01:00-02:00 Europe/London'],
    ['only in part, at its start', 'Sun 01:30-02:30 Europe/London'],
    ['only in part, at its end', 'Sun 00:30-01:30 Europe/London'],
    ['not at all, but has twice', 'Sun 01:00-02:00 Atlantic/Azores'],
  ])('is none that the clock skips %s', (_, window) => {
    expect(found([window])).toEqual([]);
  });

  it('is none that is skipped when nobody looks any more', () => {
    const window = aWindow('Sun 01:00-02:00 Europe/London');
    const jump = moment('2027-03-28T01:00Z');
    expect(skippedOpenings(window, now, jump)).toEqual([]);
    expect(skippedOpenings(window, now, moment('2027-03-28T01:01Z'))).toEqual([jump]);
  });

  it('is named for the night on which the clock skips it', () => {
    const night = 'Sun 01:00-02:00 Europe/London';
    expect(found([night, 'Sun 01:00-02:01 Europe/London'])).toEqual([
      `The window ${night} misses an opening: the clock goes from 2027-03-28 00:59 straight to 2027-03-28 02:00.`,
    ]);
  });

  it('is named in a zone whose clock goes forward by half an hour', () => {
    expect(found(['daily 02:00-02:30 Australia/Lord_Howe'])).toHaveLength(1);
    expect(found(['daily 02:00-02:31 Australia/Lord_Howe'])).toEqual([]);
  });
});
