import { daysText, type Weekday, weekdayOf } from './weekday.ts';
import { dayMs, stretchAt } from './zone-clock.ts';

/**
 * A time of the week at which something may go in. It is open whenever the clock on a wall in its zone shows one of its
 * days and times: what the clock skips is not open, and what it shows twice is open twice.
 */
export interface Window {
  /** In the week's order, each once, at least one. A window over midnight belongs to the day on which it opens. */
  readonly days: readonly Weekday[];
  /** Minutes from midnight, 0 to 1439. */
  readonly fromMinute: number;
  /** 1 to 1440, never `fromMinute`. Less than that: on the next day. */
  readonly toMinute: number;
  readonly zone: string;
}

export const dayMinutes = 1440;
const minuteMs = 60_000;

/** The one way to write it: `Tue-Thu 09:00-16:00 Europe/London`; without times where it is open all day. */
export function windowText(window: Window): string {
  const { fromMinute, toMinute } = window;
  const allDay = fromMinute === 0 && toMinute === dayMinutes;
  const times = allDay ? '' : ` ${minuteText(fromMinute)}-${minuteText(toMinute)}`;
  return `${daysText(window.days)}${times} ${window.zone}`;
}

const minuteText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Whether something holds at a moment, and until when that stays so; at most until the horizon that was asked for. */
export interface Holding {
  readonly inside: boolean;
  readonly until: number;
}

/** It does not hold, and will not. */
export const never: Holding = { inside: false, until: Number.POSITIVE_INFINITY };

/** Whether the window is open, and when it opens or closes next. */
export function windowAt(window: Window, at: number, horizon: number): Holding {
  let stretch = stretchAt(window.zone, at);
  let holding = onTheClock(window, at + stretch.offsetMs);
  const { inside } = holding;
  let until = holding.until - stretch.offsetMs;
  // Where the clock is put forward or back, what it shows next is not what would have come.
  while (until >= stretch.to && stretch.to < horizon) {
    const change = stretch.to;
    stretch = stretchAt(window.zone, change);
    holding = onTheClock(window, change + stretch.offsetMs);
    if (holding.inside !== inside) return { inside, until: change };
    until = holding.until - stretch.offsetMs;
  }
  return { inside, until: Math.min(until, horizon) };
}

/** The same on a clock that is never put forward or back. */
function onTheClock(window: Window, local: number): Holding {
  const day = Math.floor(local / dayMs);
  for (let opened = day - 1; opened <= day; opened += 1) {
    const end = closing(window, opened);
    if (local < end && opening(window, opened) <= local) return { inside: true, until: joined(window, end) };
  }
  for (let next = day; next <= day + 7; next += 1) {
    const start = opening(window, next);
    if (start > local && start < Number.POSITIVE_INFINITY) return { inside: false, until: start };
  }
  return never;
}

/** Local time at which the window opens on a day; never where that is not one of its days. */
export const opening = (window: Window, day: number): number =>
  window.days.includes(weekdayOf(day))
    ? day * dayMs + window.fromMinute * minuteMs
    : Number.POSITIVE_INFINITY;

/** Local time at which the window that opens on this day closes. */
export function closing(window: Window, day: number): number {
  const overMidnight = window.toMinute < window.fromMinute ? dayMs : 0;
  return day * dayMs + window.toMinute * minuteMs + overMidnight;
}

/** Where the next day's opening is this very end, the end of that; never where all seven days join. */
function joined(window: Window, end: number): number {
  let close = end;
  for (let turns = 0; turns < 7; turns += 1) {
    const day = Math.floor(close / dayMs);
    if (opening(window, day) !== close) return close;
    close = closing(window, day);
  }
  return Number.POSITIVE_INFINITY;
}
