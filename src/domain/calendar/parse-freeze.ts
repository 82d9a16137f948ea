import type { EnvironmentName } from '../ids.ts';
import { instant } from '../ids.ts';
import { countText } from '../wording.ts';
import { type Freeze, type FreezeTime, isBefore, type MonthDay, monthDayText } from './freeze.ts';
import { parseLocalTime, parseMonthDay } from './local-time.ts';
import { findingsOf, type Parsed, type Piece, refused, split, type TextFinding } from './text-finding.ts';
import { dayMs, localText, momentText, type Showing, whenShows } from './zone-clock.ts';
import { parseZone } from './zone-name.ts';

/** A freeze as the project file has it: `from` and `to`, or `yearly`. */
export type WrittenFreeze = (
  | { readonly from: string; readonly to: string }
  /** `12-20..01-02`, or `12-25`. */
  | { readonly yearly: string }
) & { readonly zone: string; readonly reason: string };

/** Something wrong with one word of a freeze. */
export interface FreezeFinding extends TextFinding {
  readonly word: 'from' | 'to' | 'yearly' | 'zone';
}

export type ParsedFreeze =
  | {
      readonly ok: true;
      readonly value: Freeze;
      /** How a time was understood that the clock skips or shows twice, as sentences. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly findings: readonly FreezeFinding[] };

const longestMs = 366 * dayMs;

/** Reads a freeze of the whole project, or of one environment, and names everything that is wrong at once. */
export function parseFreeze(
  written: WrittenFreeze,
  environment: EnvironmentName | null = null,
): ParsedFreeze {
  const zone = parseZone(whole(written.zone));
  const zoneFindings = onWord('zone', zone);
  const freeze = { environment, reason: written.reason };
  if ('yearly' in written) {
    const days = parseYearly(whole(written.yearly));
    if (!zone.ok || !days.ok) return { ok: false, findings: [...onWord('yearly', days), ...zoneFindings] };
    const time: FreezeTime = { kind: 'yearly', ...days.value, zone: zone.value };
    return { ok: true, value: { ...freeze, time }, notes: [] };
  }
  const from = parseLocalTime(whole(written.from));
  const to = parseLocalTime(whole(written.to));
  if (!zone.ok || !from.ok || !to.ok) {
    return { ok: false, findings: [...onWord('from', from), ...onWord('to', to), ...zoneFindings] };
  }
  const wrong = orderFinding(from.value, to.value);
  if (wrong !== null) return { ok: false, findings: [wrong] };
  const once = resolve(zone.value, from.value, to.value);
  return { ok: true, value: { ...freeze, time: once.time }, notes: once.notes };
}

const whole = (text: string): Piece => ({ text, offset: 0 });

const onWord = (word: FreezeFinding['word'], parsed: Parsed<unknown>): readonly FreezeFinding[] =>
  findingsOf(parsed).map(({ message, instead, offset }) => ({ word, message, instead, offset }));

function orderFinding(from: number, to: number): FreezeFinding | null {
  if (to <= from) {
    const instead = `a time after \`${localText(from)}\``;
    return { word: 'to', offset: 0, message: 'The freeze ends before it starts.', instead };
  }
  if (to - from <= longestMs) return null;
  const message = `The freeze lasts ${countText(Math.ceil((to - from) / dayMs), 'day')}.`;
  return { word: 'to', offset: 0, message, instead: 'a year at most, or `yearly`' };
}

function resolve(zone: string, from: number, to: number): { time: FreezeTime; notes: readonly string[] } {
  const starts = whenShows(zone, from);
  const ends = whenShows(zone, to);
  return {
    time: { kind: 'once', from: instant(starts.first), to: instant(ends.last), zone },
    notes: [
      ...noteOf(zone, from, starts, `The freeze starts at the first, ${momentInUtc(starts.first)}.`),
      ...noteOf(zone, to, ends, `The freeze ends at the last, ${momentInUtc(ends.last)}.`),
    ],
  };
}

function noteOf(zone: string, local: number, showing: Showing, whenTwice: string): readonly string[] {
  if (showing.how === 'once') return [];
  const where = `${localText(local)} in ${zone}`;
  if (showing.how === 'twice') return [`The clock shows ${where} twice. ${whenTwice}`];
  const jump = momentText(zone, showing.first);
  return [`The clock never shows ${where}: it is put forward to ${jump}, which is taken instead.`];
}

const momentInUtc = (at: number): string => `${localText(at)} UTC`;

function parseYearly(piece: Piece): Parsed<{ from: MonthDay; to: MonthDay }> {
  const [first, last, beyond] = split(piece, /\.\./g);
  if (beyond !== undefined) {
    const message = 'A freeze has a first and a last day.';
    return refused({ message, instead: '`12-20..01-02`', offset: beyond.offset });
  }
  const from = parseMonthDay(first);
  const to = last === undefined ? from : parseMonthDay(last);
  if (!from.ok || !to.ok) return refused(...findingsOf(from), ...(last === undefined ? [] : findingsOf(to)));
  if (isWholeYear(from.value, to.value)) {
    const message = `From ${monthDayText(from.value)} to ${monthDayText(to.value)} is the whole year.`;
    return refused({ message, instead: 'fewer days, such as `12-20..01-02`', offset: piece.offset });
  }
  return { ok: true, value: { from: from.value, to: to.value } };
}

/** Whether the day after the last is the first again, in a leap year or in another. */
function isWholeYear(from: MonthDay, to: MonthDay): boolean {
  const years = [2023, 2024].map((year) => {
    const start = Date.UTC(isBefore(to, from) ? year : year + 1, from.month - 1, from.day);
    return start - Date.UTC(year, to.month - 1, to.day);
  });
  return years.some((gap) => gap === dayMs);
}
