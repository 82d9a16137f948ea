import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActorId } from '../ids.ts';
import { instant } from '../ids.ts';
import type { Calendar, CalendarException, ExceptionId } from './calendar.ts';
import { calendarAt, nextChanges } from './calendar-at.ts';
import { aFreeze, aWindow, moment, utc } from './calendar.kit.ts';
import { anyCalendar, expectedNextChange, isOpenBySecond } from './calendar-second.kit.ts';
import { becauseText } from './wording.ts';

const none: Calendar = { windows: [], freezes: [], exceptions: [] };
const office = aWindow('Tue-Thu 09:00-16:00 Europe/London');
const holidays = aFreeze({ from: '2026-12-18 17:00', to: '2027-01-04 09:00', zone: 'Europe/London' });
const exception: CalendarException = {
  id: 'one' as ExceptionId,
  from: moment('2026-12-23T10:00Z'),
  to: moment('2026-12-23T12:00Z'),
  by: 'ada@example.org' as ActorId,
  reason: 'a leak is closed',
};

describe('the calendar of an environment', () => {
  it('is always open where no windows are declared', () => {
    const answer = calendarAt(none, moment('2026-12-20T03:00Z'));
    expect(answer).toEqual({ open: true, because: { kind: 'no windows' }, closesAt: null });
  });

  it('is open in a window until that closes, and closed outside until one opens', () => {
    const calendar = { ...none, windows: [office] };
    const inside = calendarAt(calendar, moment('2026-12-15T09:00Z'));
    expect(inside.open && utc(inside.closesAt)).toBe('2026-12-15 16:00');
    const outside = calendarAt(calendar, moment('2026-12-17T16:00Z'));
    expect(!outside.open && utc(outside.opensAt)).toBe('2026-12-22 09:00');
    expect(becauseText(outside.because)).toBe('Closed outside of Tue-Thu 09:00-16:00 Europe/London.');
  });

  it('is frozen over all windows, until the first window after the freeze', () => {
    const answer = calendarAt(
      { ...none, windows: [office], freezes: [holidays] },
      moment('2026-12-22T10:00Z'),
    );
    expect(becauseText(answer.because)).toBe(
      'Frozen, 2026-12-18 17:00 to 2027-01-04 09:00 Europe/London: the holidays.',
    );
    expect(!answer.open && utc(answer.opensAt)).toBe('2027-01-05 09:00');
  });

  it('opens for an exception by a named person, against windows and freezes', () => {
    const calendar = { windows: [office], freezes: [holidays], exceptions: [exception] };
    const before = calendarAt(calendar, moment('2026-12-20T10:00Z'));
    expect(!before.open && utc(before.opensAt)).toBe('2026-12-23 10:00');
    const during = calendarAt(calendar, moment('2026-12-23T10:00Z'));
    expect(during.open && utc(during.closesAt)).toBe('2026-12-23 12:00');
    expect(becauseText(during.because)).toBe(
      'ada@example.org made an exception until 2026-12-23 12:00 UTC: a leak is closed.',
    );
  });

  it('stays open from an exception into a window that follows on it', () => {
    const calendar = { ...none, windows: [aWindow('Wed 12:00-13:00 UTC')], exceptions: [exception] };
    const answer = calendarAt(calendar, moment('2026-12-23T11:00Z'));
    expect(answer.open && utc(answer.closesAt)).toBe('2026-12-23 13:00');
  });

  it('names the freeze that holds longest, and the window that stays open longest', () => {
    const now = moment('2026-12-22T10:00Z');
    const short = aFreeze({ from: '2026-12-22 00:00', to: '2026-12-23 00:00', zone: 'UTC' });
    for (const freezes of [
      [short, holidays],
      [holidays, short],
    ]) {
      expect(calendarAt({ ...none, freezes }, now).because).toEqual({ kind: 'freeze', freeze: holidays });
    }
    const long = aWindow('Tue 09:00-18:00 UTC');
    for (const windows of [
      [office, long],
      [long, office],
    ]) {
      expect(calendarAt({ ...none, windows }, now).because).toEqual({ kind: 'window', window: long });
    }
  });

  it('names, of two that hold equally long, the one that is declared first', () => {
    const windows = [aWindow('Tue 09:00-16:00 UTC'), aWindow('Tue 10:00-16:00 UTC')];
    for (const inOrder of [windows, windows.toReversed()])
      expect(calendarAt({ ...none, windows: inOrder }, moment('2026-12-22T11:00Z'))).toMatchObject({
        because: { window: inOrder[0] },
      });
  });

  it('does not say when it opens where that is more than 400 days away', () => {
    const freezes = [2026, 2027, 2028].map((year) =>
      aFreeze({ from: `${year}-01-01 00:00`, to: `${year + 1}-01-01 00:00`, zone: 'UTC' }),
    );
    const answer = calendarAt({ ...none, freezes }, moment('2026-06-01T00:00Z'));
    expect(!answer.open && answer.opensAt).toBe(null);
  });

  it('answers for the time to which a clock jumped, as if it had never been elsewhere', () => {
    const calendar = { windows: [office], freezes: [holidays], exceptions: [exception] };
    const times = [moment('2026-12-15T10:00Z'), moment('2031-07-01T10:00Z'), moment('2001-07-01T10:00Z')];
    const forward = times.map((now) => calendarAt(calendar, now));
    const back = times.toReversed().map((now) => calendarAt(calendar, now));
    expect(back.toReversed()).toEqual(forward);
  });

  it('is open when a second implementation says so, and changes when that says', () => {
    fc.assert(
      fc.property(anyCalendar, ({ calendar, written, now }) => {
        const answer = calendarAt(calendar, instant(now));
        expect(answer.open).toBe(isOpenBySecond(written, now));
        const change = answer.open ? answer.closesAt : answer.opensAt;
        expect(utc(change)).toBe(utc(expectedNextChange(written, now)));
      }),
      { numRuns: 60 },
    );
  });
});

describe('what comes next in a calendar', () => {
  it('has one interval for each reason, without a gap', () => {
    const calendar = { windows: [office], freezes: [holidays], exceptions: [exception] };
    const intervals = nextChanges(calendar, moment('2026-12-17T12:00Z'), moment('2027-01-05T12:00Z'));
    expect(intervals.map(({ from, open, because }) => [utc(from), open, because.kind])).toEqual([
      ['2026-12-17 12:00', true, 'window'],
      ['2026-12-17 16:00', false, 'outside windows'],
      ['2026-12-18 17:00', false, 'freeze'],
      ['2026-12-23 10:00', true, 'exception'],
      ['2026-12-23 12:00', false, 'freeze'],
      ['2027-01-04 09:00', false, 'outside windows'],
      ['2027-01-05 09:00', true, 'window'],
    ]);
    expect(intervals.slice(1).map(({ from }) => from)).toEqual(intervals.slice(0, -1).map(({ to }) => to));
    expect(utc(intervals.at(-1)?.to ?? null)).toBe('2027-01-05 12:00');
  });

  const [zone, id] = ['UTC', 'two' as ExceptionId];
  const next = { ...exception, id, from: exception.to, to: moment('2026-12-23T13:00Z') };
  it.each<[string, Partial<Calendar>]>([
    ['windows', { windows: [aWindow('Wed 10:00-12:00 UTC'), aWindow('Wed 12:00-13:00 UTC')] }],
    [
      'freezes',
      {
        freezes: [
          aFreeze({ from: '2026-12-23 10:00', to: '2026-12-23 12:00', zone }),
          aFreeze({ from: '2026-12-23 12:00', to: '2026-12-23 13:00', zone }),
        ],
      },
    ],
    ['exceptions', { windows: [aWindow('Mon UTC')], exceptions: [exception, next] }],
  ])('tells two %s apart of which one follows on the other', (_, some) => {
    const [from, to] = [moment('2026-12-23T10:00Z'), moment('2026-12-23T13:00Z')];
    expect(nextChanges({ ...none, ...some }, from, to).map((one) => [utc(one.from), utc(one.to)])).toEqual([
      ['2026-12-23 10:00', '2026-12-23 12:00'],
      ['2026-12-23 12:00', '2026-12-23 13:00'],
    ]);
  });

  it.each<[string, Partial<Calendar>]>([
    ['no windows', {}],
    ['a window', { windows: [aWindow('daily Europe/London')] }],
    ['a time outside of windows', { windows: [aWindow('Tue Europe/London')] }],
  ])('is one interval though the clock skips the whole of a freeze meanwhile, in %s', (_, some) => {
    const freezes = [aFreeze({ from: '2027-03-28 01:10', to: '2027-03-28 01:50', zone: 'Europe/London' })];
    const [from, to] = [moment('2027-03-28T00:00Z'), moment('2027-03-28T02:00Z')];
    expect(nextChanges({ ...none, ...some, freezes }, from, to)).toMatchObject([{ from, to }]);
  });

  it('agrees at every moment with the answer for that moment', () => {
    fc.assert(
      fc.property(anyCalendar, ({ calendar, now }) => {
        for (const { from, to, open } of nextChanges(
          calendar,
          instant(now),
          instant(now + 30 * 86_400_000),
        )) {
          expect(calendarAt(calendar, from).open).toBe(open);
          expect(calendarAt(calendar, instant(to - 1)).open).toBe(open);
        }
      }),
      { numRuns: 100 },
    );
  });
});
