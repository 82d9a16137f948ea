import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type Instant, instant } from '../ids.ts';
import { parseFreeze, type WrittenFreeze } from './parse-freeze.ts';
import { parseWindow } from './parse-window.ts';
import type { Freeze } from './freeze.ts';
import type { Window } from './window.ts';
import { weekdays } from './weekday.ts';

/** The window of a text that is right. */
export function aWindow(text: string): Window {
  const parsed = parseWindow(text);
  if (!parsed.ok) throw new Error(parsed.findings.map((finding) => finding.message).join(' '));
  return parsed.value;
}

/** The freeze of what is written right. */
export function aFreeze(written: Partial<WrittenFreeze> & { zone: string }): Freeze {
  const parsed = parseFreeze({ reason: 'the holidays', ...written } as WrittenFreeze);
  if (!parsed.ok) throw new Error(parsed.findings.map((finding) => finding.message).join(' '));
  return parsed.value;
}

/** The moment of an ISO 8601 text with an offset. */
export const moment = (text: string): Instant => instant(Temporal.Instant.from(text).epochMilliseconds);
/** A moment as ISO 8601 in UTC, to the minute. */
export const utc = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** Zones whose clocks do something of their own. */
const oddZones = [
  'Africa/Casablanca',
  'America/Caracas',
  'America/Havana',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Antarctica/Troll',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Pyongyang',
  'Australia/Lord_Howe',
  'Europe/London',
  'Europe/Moscow',
  'Pacific/Apia',
  'Pacific/Chatham',
  'UTC',
] as const;
export const anyZone = fc.oneof(
  fc.constantFrom(...oddZones),
  fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
);

const since = Date.UTC(1990, 0, 1);
const before = Date.UTC(2040, 0, 1);
const hourMs = 3_600_000;

/** Any moment of 1990 to 2040; every second one within hours of a change of the zone's clock. */
export const anyMomentIn = (zone: string): fc.Arbitrary<number> => {
  const anyMoment = fc.integer({ min: since, max: before - 1 });
  const nearby = fc.tuple(anyMoment, fc.integer({ min: -26 * hourMs, max: 26 * hourMs }));
  return fc.oneof(
    anyMoment,
    nearby.map(([at, awayMs]) => (nextClockChange(zone, at) ?? at) + awayMs),
  );
};

/** By the second implementation. */
export const nextClockChange = (zone: string, at: number): number | null =>
  shownBy(zone, at).getTimeZoneTransition('next')?.epochMilliseconds ?? null;

/** What the second implementation's clock shows. */
export const shownBy = (zone: string, at: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

const aMinute = fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.constantFrom(0, 60, 90, 120, 150, 180));

/** Any window of the zone; many at the hours of the night at which clocks change. */
export const anyWindowIn = (zone: string): fc.Arbitrary<Window> =>
  fc
    .record({
      days: fc.subarray([...weekdays], { minLength: 1 }),
      fromMinute: aMinute,
      toMinute: fc.oneof(aMinute, fc.constant(1440)).map((minute) => minute || 1440),
      zone: fc.constant(zone),
    })
    .filter(({ fromMinute, toMinute }) => fromMinute !== toMinute);

/** What a second implementation reads off the clock on the wall. */
export function isOpenBySecond(window: Window, at: number): boolean {
  const shown = shownBy(window.zone, at);
  const minute = shown.hour * 60 + shown.minute;
  const today = weekdays[shown.dayOfWeek - 1];
  const yesterday = weekdays[(shown.dayOfWeek + 5) % 7];
  const isOn = (day: (typeof weekdays)[number] | undefined): boolean =>
    window.days.some((one) => one === day);
  if (window.fromMinute < window.toMinute) {
    return isOn(today) && minute >= window.fromMinute && minute < window.toMinute;
  }
  return (isOn(today) && minute >= window.fromMinute) || (isOn(yesterday) && minute < window.toMinute);
}
