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
  ['2026-12-22T10:00Z', '2026-12-22T10:00Z'],
  ['2026-12-22T10:00+02:00', '2026-12-22T08:00Z'],
  ['2026-07-22 10:00 Europe/London', '2026-07-22T09:00Z'],
  ['2026-12-22 10:00 utc', '2026-12-22T10:00Z'],
])('%s is a moment', (text, expected) => {
  expect(read(text)).toBe(moment(expected));
});

it.each([
  ['tomorrow', /does not say when/u],
  ['2026-12-22 10:00', /where the clock shows it/u],
  ['2026-12-22 10:00 Europe/Londn', /no time zone "Europe\/Londn". \| `Europe\/London`/u],
  ['2026-02-30 10:00 UTC', /There is no 2026-02-30/u],
  [
    '2026-10-25 01:30 Europe/London',
    /twice. \| a time with its offset: `2026-10-25T00:30Z` or `2026-10-25T01:30Z`/u,
  ],
  ['2026-03-29 01:30 Europe/London', /is put forward over this time/u],
])('%s is refused, with what to write instead', (text, expected) => {
  expect(read(text)).toMatch(expected);
});

it('takes a span from now', () => {
  expect(parseMoment('+2h', now)).toEqual({ ok: true, value: now + 7_200_000 });
  expect(parseMoment('+30m', now)).toEqual({ ok: true, value: now + 1_800_000 });
  expect(parseMoment('+2x', now).ok).toBe(false);
});
