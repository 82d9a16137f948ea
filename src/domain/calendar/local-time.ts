import { shown } from '../project-file/finding.ts';
import type { MonthDay } from './freeze.ts';
import { type Parsed, type Piece, refused } from './text-finding.ts';

const [firstYear, lastYear] = [2000, 2199];

/** Milliseconds, as if UTC, of `2026-12-18 17:00`; a `T` between is taken as well, and 24:00. */
export function parseLocalTime({ text, offset }: Piece): Parsed<number> {
  const [, date, years, months, days, hours, minutes] =
    /^(?<date>(\d{4})-(\d\d)-(\d\d))(?:[ T](\d{1,2}):(\d\d))?$/.exec(text.trim()) ?? [];
  if (date === undefined) {
    const message = `"${shown(text)}" is not a date and a time.`;
    return refused({ message, instead: '`2026-12-18 17:00`', offset });
  }
  if (hours === undefined) {
    const message = `"${date}" does not say at what time of the day.`;
    return refused({ message, instead: `\`${date} 00:00\`, or \`24:00\` for its end`, offset });
  }
  const [year, month, day] = [Number(years), Number(months), Number(days)];
  if (year < firstYear || year > lastYear || !isDay(year, month, day)) {
    return refused({
      message: `There is no ${date}.`,
      instead: `a day of ${firstYear} to ${lastYear}`,
      offset,
    });
  }
  const minute = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || minute > 24 * 60) {
    const message = `"${hours}:${minutes}" is not a time of day.`;
    return refused({
      message,
      instead: 'hours and minutes, `00:00` to `24:00`',
      offset: offset + text.indexOf(`${hours}:`),
    });
  }
  return { ok: true, value: Date.UTC(year, month - 1, day, 0, minute) };
}

/** A day of any year: `12-20`. */
export function parseMonthDay({ text, offset }: Piece): Parsed<MonthDay> {
  const [, months, days] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const [month, day] = [Number(months), Number(days)];
  // 2024 is a leap year.
  if (isDay(2024, month, day)) return { ok: true, value: { month, day } };
  const message = `"${shown(text)}" is not a day of the year.`;
  return refused({ message, instead: 'month and day, such as `12-20`', offset });
}

const isDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
