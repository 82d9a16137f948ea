import { shown } from '../project-file/finding.ts';
import { findingsOf, type Parsed, type Piece, refused, split } from './text-finding.ts';
import { parseDays } from './weekday.ts';
import { dayMinutes, type Window } from './window.ts';
import { parseZone } from './zone-name.ts';

const example = '`Tue-Thu 09:00-16:00 Europe/London`';
const longestText = 120;

interface Times {
  readonly fromMinute: number;
  readonly toMinute: number;
}

const allDay: Times = { fromMinute: 0, toMinute: dayMinutes };

/**
 * Reads days, times and time zone, such as `Tue-Thu 09:00-16:00 Europe/London`. Without times it is open all day; times
 * whose end comes before their start go over midnight. Names everything that is wrong at once.
 */
export function parseWindow(text: string): Parsed<Window> {
  if (text.length > longestText) {
    const message = `A window has at most ${longestText} characters.`;
    return refused({ message, instead: example, offset: longestText });
  }
  const [first, ...others] = piecesOf(text);
  if (first === undefined) {
    return refused({ message: 'A window has days, times and a time zone.', instead: example, offset: 0 });
  }
  if (looksLikeTimes(first)) return joined(text, undefined, first, others);
  const [next, ...beyond] = others;
  return next !== undefined && looksLikeTimes(next)
    ? joined(text, first, next, beyond)
    : joined(text, first, undefined, others);
}

/** Words; what a hyphen or a comma joins is one, with or without space around it. */
const piecesOf = (text: string): readonly Piece[] =>
  [...text.matchAll(/[-–,]*[^\s,–-]+(?:\s*[-–,]+\s*[^\s,–-]+)*[-–,]*/g)].map((match) => ({
    text: match[0],
    offset: match.index,
  }));

const looksLikeTimes = (piece: Piece): boolean => /^\d/.test(piece.text);

function joined(
  text: string,
  daysPiece: Piece | undefined,
  timesPiece: Piece | undefined,
  [zonePiece, beyond]: readonly Piece[],
): Parsed<Window> {
  const days = daysPiece === undefined ? noDays : parseDays(daysPiece);
  const times: Parsed<Times> =
    timesPiece === undefined ? { ok: true, value: allDay } : parseTimes(timesPiece);
  const zone = zonePiece === undefined ? noZone(text) : parseZone(zonePiece);
  const extra = beyond === undefined ? [] : [tooMuch(beyond)];
  if (days.ok && times.ok && zone.ok && extra.length === 0) {
    return { ok: true, value: { days: days.value, ...times.value, zone: zone.value } };
  }
  return refused(...findingsOf(days), ...findingsOf(times), ...findingsOf(zone), ...extra);
}

const noDays = refused({
  message: 'The days are missing.',
  instead: '`daily`, or days such as `Tue-Thu`, first',
  offset: 0,
});

const noZone = (text: string): ReturnType<typeof refused> =>
  refused({
    message: 'The time zone is missing.',
    instead: 'a place at the end, for example `Europe/London`, or `UTC`',
    offset: text.length,
  });

const tooMuch = (piece: Piece): { message: string; instead: string; offset: number } => ({
  message: `Nothing comes after the time zone, but here is "${shown(piece.text)}".`,
  instead: `days, times and time zone, such as ${example}`,
  offset: piece.offset,
});

function parseTimes(piece: Piece): Parsed<Times> {
  const [start, end, beyond] = split(piece, /[-–]/g);
  if (end === undefined || beyond !== undefined) {
    const message = `"${shown(piece.text)}" is not a start and an end.`;
    return refused({ message, instead: '`09:00-16:00`', offset: piece.offset });
  }
  const [from, to] = [parseMinute(start), parseMinute(end)];
  if (!from.ok || !to.ok) return refused(...findingsOf(from), ...findingsOf(to));
  if (from.value === dayMinutes) {
    const message = '24:00 is the end of a day, not a start.';
    return refused({ message, instead: '`00:00`, on the next day', offset: start.offset });
  }
  if (from.value === to.value) {
    const message = 'The window closes when it opens.';
    return refused({ message, instead: 'a later end, or no times for the whole day', offset: end.offset });
  }
  return { ok: true, value: { fromMinute: from.value, toMinute: to.value === 0 ? dayMinutes : to.value } };
}

function parseMinute(piece: Piece): Parsed<number> {
  const [, hours, minutes] = /^(\d{1,2}):(\d\d)$/.exec(piece.text) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) < 60 && minute <= dayMinutes) return { ok: true, value: minute };
  const message =
    piece.text === '' ? 'A time is missing here.' : `"${shown(piece.text)}" is not a time of day.`;
  const hour = /^\d{1,2}$/.test(piece.text) && Number(piece.text) <= 24 ? piece.text.padStart(2, '0') : null;
  const instead = hour === null ? 'hours and minutes, `00:00` to `24:00`' : `\`${hour}:00\``;
  return refused({ message, instead, offset: piece.offset });
}
