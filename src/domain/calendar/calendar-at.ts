import { type Instant, instant } from '../ids.ts';
import { type Because, type Calendar, type ClosedBecause, isOpen, type OpenBecause } from './calendar.ts';
import { situationAt } from './situation.ts';
import { dayMs } from './zone-clock.ts';

/** How far ahead is looked: a year, and the longest that a window can be away from its next opening. */
export const horizonMs = 400 * dayMs;

/** Whether an environment may be gone into, why, and when that changes. */
export type CalendarAnswer =
  | {
      readonly open: true;
      readonly because: OpenBecause;
      /** Null: not within 400 days. */
      readonly closesAt: Instant | null;
    }
  | {
      readonly open: false;
      readonly because: ClosedBecause;
      /** The earliest; null: not within 400 days. */
      readonly opensAt: Instant | null;
    };

/**
 * A function of the calendar and of `now` alone: a clock that jumps, in either direction, gets the answer of the time to
 * which it jumped. A caller that wants to be there at `opensAt` or `closesAt` is woken then and asks again, whatever the
 * clock says by that time; with null it asks again within 400 days.
 */
export function calendarAt(calendar: Calendar, now: Instant): CalendarAnswer {
  const horizon = now + horizonMs;
  const { because, until } = situationAt(calendar, now, horizon);
  return isOpen(because)
    ? { open: true, because, closesAt: changeAfter(calendar, true, until, horizon) }
    : { open: false, because, opensAt: changeAfter(calendar, false, until, horizon) };
}

/**
 * The first time from `from` on at which the calendar is no longer open, or no longer closed. While it is closed, each turn ends with
 * an opening, or with the start or end of a freeze or an exception: at most twice as many turns as there are of those.
 * While it is open, windows that follow on each other add a turn each.
 */
function changeAfter(calendar: Calendar, open: boolean, from: number, horizon: number): Instant | null {
  let at = from;
  while (at < horizon) {
    const { because, until } = situationAt(calendar, at, horizon);
    if (isOpen(because) !== open) return instant(at);
    at = until;
  }
  return null;
}

/** A time during which a calendar is open or closed for one reason: `from` to before `to`. */
export interface Interval {
  readonly from: Instant;
  readonly to: Instant;
  readonly open: boolean;
  readonly because: Because;
}

/** What holds between two times, without a gap and in order; at most 400 days of it. */
export function nextChanges(calendar: Calendar, from: Instant, to: Instant): readonly Interval[] {
  const end = Math.min(to, from + horizonMs);
  const intervals: Interval[] = [];
  for (let at: number = from; at < end; ) {
    const { because, until } = situationAt(calendar, at, end);
    const before = intervals.at(-1);
    if (before !== undefined && holding(before.because) === holding(because)) {
      intervals[intervals.length - 1] = { ...before, to: instant(until) };
    } else {
      intervals.push({ from: instant(at), to: instant(until), open: isOpen(because), because });
    }
    at = until;
  }
  return intervals;
}

/** What of the calendar it is that holds. */
function holding(because: Because): unknown {
  if (because.kind === 'window') return because.window;
  if (because.kind === 'freeze') return because.freeze;
  return because.kind === 'exception' ? because.exception : because.kind;
}
