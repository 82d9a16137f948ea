import { expect, it } from 'vitest';
import { moment } from './calendar.kit.ts';
import { parseMoment } from './parse-moment.ts';

const now = moment('2026-11-20T19:00Z');
const read = (text: string): number | string => {
  const parsed = parseMoment(text, now);
  return parsed.ok
    ? parsed.value
    : parsed.findings.map((one) => `${one.message} | ${one.instead}`).join('\n');
};

it.each([
  ['now', '2026-11-20T19:00Z'],
  [' now ', '2026-11-20T19:00Z'],
  ['2026-12-22T10:00Z', '2026-12-22T10:00Z'],
  ['2026-12-22T10:00+02:00', '2026-12-22T08:00Z'],
  ['2026-07-22 10:00 Europe/London', '2026-07-22T09:00Z'],
  ['2026-12-22 10:00 utc', '2026-12-22T10:00Z'],
  ['2026-12-31 24:00 utc', '2027-01-01T00:00Z'],
  ['2000-01-01 00:00 utc', '2000-01-01T00:00Z'],
  ['2199-12-31 10:59 utc', '2199-12-31T10:59Z'],
])('%s is a moment', (text, expected) => {
  expect(read(text)).toBe(moment(expected));
});

it.each([
  ['tomorrow', /does not say when/u],
  ['2026-12-22 10:00', /where the clock shows it/u],
  ['2026-12-22 10:00 Europe/Londn', /no time zone "Europe\/Londn". \| `Europe\/London`/u],
  ['2026-02-30 10:00 UTC', /There is no 2026-02-30/u],
  ['2026-13-01T10:00Z', /does not say when/u],
  ['2026-12-22T10:00Z or so', /does not say when/u],
  ['+002026-12-22T10:00Z', /does not say when/u],
  ['on 2026-12-22T10:00Z', /does not say when/u],
  ['on 2026-12-22 10:00 UTC', /does not say when/u],
  ['2026-12-22 10:00 UTC at last', /does not say when/u],
  ['1999-12-31 10:00 UTC', /There is no 1999-12-31. \| a day of 2000 to 2199/u],
  ['2200-01-01 10:00 UTC', /There is no 2200-01-01/u],
  ['2026-00-10 10:00 UTC', /There is no 2026-00-10/u],
  ['2026-12-00 10:00 UTC', /There is no 2026-12-00/u],
  ['2026-12-22 24:01 UTC', /"24:01" is not a time of day/u],
  ['2026-12-22 10:60 UTC', /"10:60" is not a time of day/u],
  [
    '2026-10-25 01:30 Europe/London',
    /twice. \| a time with its offset: `2026-10-25T00:30Z` or `2026-10-25T01:30Z`/u,
  ],
  ['2026-03-29 01:30 Europe/London', /is put forward over this time/u],
])('%s is refused, with what to write instead', (text, expected) => {
  expect(read(text)).toMatch(expected);
});

it('is refused where its zone stands, for a zone that is none', () => {
  const text = ' 2026-12-22 10:00  Europe/Londn';
  const parsed = parseMoment(text, now);
  expect(parsed.ok ? [] : parsed.findings.map(({ offset }) => text.slice(offset))).toEqual(['Europe/Londn']);
});

it('takes a span from now', () => {
  expect(parseMoment('+2h', now)).toEqual({ ok: true, value: now + 7_200_000 });
  expect(parseMoment('+30m', now)).toEqual({ ok: true, value: now + 1_800_000 });
  expect(parseMoment('+1d', now)).toEqual({ ok: true, value: now + 86_400_000 });
  for (const text of ['+2x', '+', '+2h30m', 'in +2h']) expect(parseMoment(text, now).ok).toBe(false);
});
