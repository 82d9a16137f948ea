import type { Because, Calendar, CalendarException } from './calendar.ts';
import { freezeAt } from './freeze.ts';
import { type Holding, never, windowAt } from './window.ts';

/** What holds at a moment, and the earliest time at which that may change; at most until the horizon. */
export interface Situation {
  readonly because: Because;
  readonly until: number;
}

/**
 * An exception beats a freeze, a freeze beats a window. Each situation ends where what holds ends or what beats it starts;
 * what it beats meanwhile is not looked at, so a long freeze over many windows is one situation.
 */
export function situationAt(calendar: Calendar, at: number, horizon: number): Situation {
  const exceptions = survey(calendar.exceptions, (exception) => exceptionAt(exception, at));
  if (exceptions.held !== null)
    return until({ kind: 'exception', exception: exceptions.held }, exceptions.ends, horizon);
  const freezes = survey(calendar.freezes, (freeze) => freezeAt(freeze, at));
  if (freezes.held !== null) {
    return until({ kind: 'freeze', freeze: freezes.held }, freezes.ends, exceptions.starts, horizon);
  }
  const beaten = Math.min(exceptions.starts, freezes.starts, horizon);
  if (calendar.windows.length === 0) return { because: { kind: 'no windows' }, until: beaten };
  const windows = survey(calendar.windows, (window) => windowAt(window, at, beaten));
  if (windows.held !== null) return until({ kind: 'window', window: windows.held }, windows.ends, beaten);
  return until({ kind: 'outside windows', windows: calendar.windows }, windows.starts, beaten);
}

const until = (because: Because, ...ends: readonly number[]): Situation => ({
  because,
  until: Math.min(...ends),
});

interface Survey<T> {
  /** Of those that hold, the one that holds longest. */
  readonly held: T | null;
  readonly ends: number;
  /** When the first of the others starts. */
  readonly starts: number;
}

function survey<T>(all: readonly T[], holding: (one: T) => Holding): Survey<T> {
  let held: T | null = null;
  let ends = Number.NEGATIVE_INFINITY;
  let starts = Number.POSITIVE_INFINITY;
  for (const one of all) {
    const { inside, until: change } = holding(one);
    if (!inside) starts = Math.min(starts, change);
    else if (change > ends) {
      held = one;
      ends = change;
    }
  }
  return { held, ends, starts };
}

function exceptionAt({ from, to }: CalendarException, at: number): Holding {
  if (at < from) return { inside: false, until: from };
  return at < to ? { inside: true, until: to } : never;
}
