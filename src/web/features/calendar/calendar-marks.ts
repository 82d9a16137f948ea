import type { CalendarView } from '../../api/views.ts';
import type { Zone } from '../../time/format.ts';

type EnvironmentCalendar = CalendarView['environments'][number];
type Band = EnvironmentCalendar['bands'][number];
type SoakEnd = EnvironmentCalendar['soaks'][number];
type ChangeWindow = EnvironmentCalendar['changes'][number];
type ApprovalEnd = EnvironmentCalendar['approvals'][number];

/** From when to when the page shows. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Something on an environment's line that one can stop at, in the order of time. */
export type Mark =
  | { readonly kind: 'band'; readonly at: number; readonly to: number; readonly band: Band }
  | { readonly kind: 'change'; readonly at: number; readonly to: number; readonly change: ChangeWindow }
  | { readonly kind: 'soak'; readonly at: number; readonly soak: SoakEnd }
  | { readonly kind: 'approval'; readonly at: number; readonly approval: ApprovalEnd };

/** What lies in the range: bands and windows of change requests, cut off at its ends, and ends of soaks and approvals. */
export function marksOf(
  { bands, changes, soaks, approvals }: EnvironmentCalendar,
  range: Range,
): readonly Mark[] {
  const meets = ({ from, to }: Range): boolean => to > range.from && from < range.to;
  const start = ({ from }: Range): number => Math.max(from, range.from);
  const end = ({ to }: Range): number => Math.min(to, range.to);
  const spans = [
    ...bands.filter(meets).map((band): Mark => ({ kind: 'band', at: start(band), to: end(band), band })),
    ...changes
      .filter(meets)
      .map((change): Mark => ({ kind: 'change', at: start(change), to: end(change), change })),
  ];
  const isShown = ({ endsAt }: { readonly endsAt: number }): boolean =>
    endsAt >= range.from && endsAt < range.to;
  const ends = [
    ...soaks.filter(isShown).map((soak): Mark => ({ kind: 'soak', at: soak.endsAt, soak })),
    ...approvals
      .filter(isShown)
      .map((approval): Mark => ({ kind: 'approval', at: approval.endsAt, approval })),
  ];
  return [...spans, ...ends].toSorted((left, right) => left.at - right.at);
}

/** How far along the range a moment lies: 0 to 100. */
export const percentAt = (at: number, { from, to }: Range): number => ((at - from) / (to - from)) * 100;

/** Each midnight in the range, as the person's clock counts days. */
export function daysIn({ from, to }: Range, zone: Zone): readonly number[] {
  const days: number[] = [];
  for (let day = midnight(from, 0, zone); day < to; day = midnight(from, days.length, zone)) days.push(day);
  return days.filter((day) => day >= from);
}

/** The start of the day that holds a moment, and of so many days later. */
export function midnight(at: number, daysLater: number, zone: Zone): number {
  const date = new Date(at);
  return zone === 'utc'
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + daysLater)
    : new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysLater).getTime();
}

/** The mark that holds a moment, so that one starts looking there. */
export const markAt = (marks: readonly Mark[], at: number): number =>
  Math.max(
    0,
    marks.findLastIndex((mark) => mark.kind === 'band' && mark.at <= at),
  );

/** Where the keys of a list lead from a mark; null for any other key. */
export function markAfter(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(count - 1, index + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Whether anything was ever declared; else the page says how. */
export const isBlank = (calendar: CalendarView): boolean =>
  calendar.environments.every(
    ({ windows, freezes, exceptions }) => windows.length + freezes.length + exceptions.length === 0,
  );
