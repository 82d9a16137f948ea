import type { Instant } from '../../domain/ids.ts';
import type { Look } from './look.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in the two units that matter: `8 s`, `3 min 12 s`, `20 h 51 min`, `2 d 4 h`. */
export function duration(ms: number): string {
  if (ms < second) return `${String(Math.max(0, Math.round(ms)))} ms`;
  if (ms < minute) return `${String(Math.floor(ms / second))} s`;
  if (ms < hour) return pair(ms, minute, 'min', second, 's');
  if (ms < day) return pair(ms, hour, 'h', minute, 'min');
  return pair(ms, day, 'd', hour, 'h');
}

function pair(ms: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % big) / small);
  const first = `${String(Math.floor(ms / big))} ${bigUnit}`;
  return rest === 0 ? first : `${first} ${String(rest)} ${smallUnit}`;
}

/** `just now`, `3 min ago`: one unit is enough for what is over. */
export function ago(at: Instant, look: Pick<Look, 'now'>): string {
  const ms = look.now - at;
  if (ms < 2 * second) return 'just now';
  if (ms < minute) return `${String(Math.floor(ms / second))} s ago`;
  if (ms < hour) return `${String(Math.floor(ms / minute))} min ago`;
  if (ms < 2 * day) return `${String(Math.floor(ms / hour))} h ago`;
  return `${String(Math.floor(ms / day))} d ago`;
}

/** `in 20 h 51 min (Tue 24 Nov 2026, 14:18 CET)`, or `now` when it has come. */
export function fromNow(at: Instant, look: Pick<Look, 'now' | 'timeZone'>): string {
  return at <= look.now ? 'now' : `in ${duration(at - look.now)} (${exactly(at, look)})`;
}

/** The day and minute with the name of the time zone, or the second where it is the same day's matter. */
export function exactly(at: Instant, look: Pick<Look, 'now' | 'timeZone'>): string {
  const near = Math.abs(at - look.now) < hour;
  const date = format(at, look, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const time = format(at, look, {
    hour: '2-digit',
    minute: '2-digit',
    ...(near ? { second: '2-digit' } : {}),
    hour12: false,
    timeZoneName: 'short',
  });
  return near ? time : `${date}, ${time}`;
}

/** `14:21:03`. */
export const clockTime = (at: Instant, look: Pick<Look, 'timeZone'>): string =>
  format(at, look, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

/** `2026-11-24`. */
export const calendarDay = (at: Instant, look: Pick<Look, 'timeZone'>): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...zone(look) }).format(at);

const zone = (look: Pick<Look, 'timeZone'>): { timeZone?: string } =>
  look.timeZone === undefined ? {} : { timeZone: look.timeZone };

const format = (at: Instant, look: Pick<Look, 'timeZone'>, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { ...options, ...zone(look) }).format(at).replace(/^(\w{3}),/u, '$1');
