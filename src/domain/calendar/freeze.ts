import type { EnvironmentName, Instant } from '../ids.ts';
import { amongLatest } from '../latest.ts';
import { remembered } from '../remembered.ts';
import { type Holding, never } from './window.ts';
import { dayMs, localAt, momentText, whenShows } from './zone-clock.ts';

/**
 * A time at which nothing may go in. Where the clock shows its start or its end twice, it holds from the first to the last;
 * where the clock skips one, from or to the moment at which that happens.
 */
export interface Freeze {
  readonly time: FreezeTime;
  /** Null: of the whole project. */
  readonly environment: EnvironmentName | null;
  readonly reason: string;
}

export type FreezeTime =
  | { readonly kind: 'once'; readonly from: Instant; readonly to: Instant; readonly zone: string }
  /** Whole days, the last one too; over the new year where `to` comes before `from`. */
  | { readonly kind: 'yearly'; readonly from: MonthDay; readonly to: MonthDay; readonly zone: string };

type Yearly = FreezeTime & { readonly kind: 'yearly' };

export interface MonthDay {
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** The one way to write when it is: `2026-12-18 17:00 to 2027-01-04 09:00 Europe/London`, `12-20..01-02 UTC`. */
export function freezeTimeText(time: FreezeTime): string {
  if (time.kind === 'yearly') return `${monthDayText(time.from)}..${monthDayText(time.to)} ${time.zone}`;
  return `${momentText(time.zone, time.from)} to ${momentText(time.zone, time.to)} ${time.zone}`;
}

export const monthDayText = ({ month, day }: MonthDay): string =>
  `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Whether the freeze holds, and when it starts or ends next. */
export function freezeAt({ time }: Freeze, at: number): Holding {
  if (time.kind === 'once') return within(time.from, time.to, at) ?? never;
  // What began in the year before may hold over the new year.
  const first = new Date(localAt(time.zone, at)).getUTCFullYear() - 1;
  for (let year = first; year <= first + longestPauseYears; year += 1) {
    const holding = inYear(time, year, at);
    if (holding !== null) return holding;
  }
  return never;
}

/** From the year before to the next 29th of February, at most. */
const longestPauseYears = 9;

/** Null where it is over. */
function within(from: number, to: number, at: number): Holding | null {
  if (at >= to) return null;
  return at >= from ? { inside: true, until: to } : { inside: false, until: from };
}

/** Null where it is over, or has no day in that year: only the 29th of February. */
function inYear(time: Yearly, year: number, at: number): Holding | null {
  const { from, to } = spanIn(time, year);
  return within(from, to, at);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

// What a freeze spans in a year never changes while a process lives: remembering it keeps these functions pure.
const spansOf = remembered<Yearly, Map<number, Span>>(() => new Map());
const mostYears = 64;

const spanIn = (time: Yearly, year: number): Span =>
  amongLatest(spansOf(time), mostYears, year, () => spanOf(time, year));

function spanOf(time: Yearly, year: number): Span {
  const from = startOfDay(time.from, year);
  const to = endOfDay(time.to, isBefore(time.to, time.from) ? year + 1 : year);
  if (to <= from) return { from: Number.NEGATIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  return { from: whenShows(time.zone, from).first, to: whenShows(time.zone, to).last };
}

export const isBefore = (left: MonthDay, right: MonthDay): boolean =>
  left.month < right.month || (left.month === right.month && left.day < right.day);

/** Local time; that of 1 March for a 29 February that is not there. */
const startOfDay = ({ month, day }: MonthDay, year: number): number => Date.UTC(year, month - 1, day);

/** Local time; that of 28 February for a 29 February that is not there. */
const endOfDay = (monthDay: MonthDay, year: number): number =>
  monthDay.month === 2 && monthDay.day === 29 ? Date.UTC(year, 2, 1) : startOfDay(monthDay, year) + dayMs;
