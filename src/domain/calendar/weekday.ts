import { nearestName } from '../project-file/nearest.ts';
import { shown } from '../project-file/finding.ts';
import { findingsOf, type Parsed, type Piece, refused, split } from './text-finding.ts';

export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** The weekday of a day counted from 1 January 1970, which was a Thursday. */
export const weekdayOf = (day: number): Weekday => weekdayAt(day + 3);

const weekdayAt = (index: number): Weekday => weekdays[((index % 7) + 7) % 7] ?? 'Mon';

/** `daily`, `Tue-Thu`, `Mon,Wed` or `Mon,Wed-Fri`, each day once; in the week's order. */
export function parseDays(piece: Piece): Parsed<readonly Weekday[]> {
  if (/^daily$/i.test(piece.text)) return { ok: true, value: weekdays };
  const days = new Set<Weekday>();
  for (const part of split(piece, /,/g)) {
    const range = parseRange(part);
    if (!range.ok) return range;
    const again = range.value.find((day) => days.has(day));
    if (again !== undefined) {
      return refused({
        message: `${again} is there already.`,
        instead: 'each day once',
        offset: part.offset,
      });
    }
    for (const day of range.value) days.add(day);
  }
  return { ok: true, value: weekdays.filter((day) => days.has(day)) };
}

function parseRange(piece: Piece): Parsed<readonly Weekday[]> {
  const [start, end, beyond] = split(piece, /[-–]/g);
  if (beyond !== undefined) {
    const message = 'A range has a first and a last day.';
    return refused({ message, instead: '`Tue-Thu`', offset: beyond.offset });
  }
  const first = parseDay(start);
  if (end === undefined) return first.ok ? { ok: true, value: [first.value] } : first;
  const last = parseDay(end);
  if (!first.ok || !last.ok) return refused(...findingsOf(first), ...findingsOf(last));
  if (first.value === last.value) {
    const message = `From ${first.value} to ${last.value} can mean one day or eight.`;
    return refused({ message, instead: `\`${first.value}\` or \`daily\``, offset: piece.offset });
  }
  const from = weekdays.indexOf(first.value);
  const length = ((weekdays.indexOf(last.value) - from + 7) % 7) + 1;
  return { ok: true, value: Array.from({ length }, (_, index) => weekdayAt(from + index)) };
}

function parseDay(piece: Piece): Parsed<Weekday> {
  const begun = weekdays.find((day) => piece.text.toLowerCase().startsWith(day.toLowerCase()));
  if (begun?.length === piece.text.length) return { ok: true, value: begun };
  const near = begun ?? nearestName(piece.text, weekdays);
  const message = piece.text === '' ? 'A day is missing here.' : `There is no day "${shown(piece.text)}".`;
  const instead = near === null ? `\`daily\`, or days of ${weekdays.join(', ')}` : `\`${near}\``;
  return refused({ message, instead, offset: piece.offset });
}

/** The one way in which days are printed: `daily`, ranges for three and more in a row, over the week's end too. */
export function daysText(days: readonly Weekday[]): string {
  const has = (index: number): boolean => days.includes(weekdayAt(index));
  if (weekdays.every((_, index) => has(index))) return 'daily';
  const starts = weekdays.flatMap((_, index) => (has(index) && !has(index - 1) ? [index] : []));
  return starts.map((start) => runText(start, has)).join(',');
}

function runText(start: number, has: (index: number) => boolean): string {
  let end = start;
  while (has(end + 1)) end += 1;
  if (end === start) return weekdayAt(start);
  return `${weekdayAt(start)}${end - start > 1 ? '-' : ','}${weekdayAt(end)}`;
}
