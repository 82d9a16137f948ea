import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { ActorId } from '../ids.ts';
import { instant } from '../ids.ts';
import type { Calendar, ExceptionId } from './calendar.ts';
import {
  aFreeze,
  anyMomentIn,
  anyWindowIn,
  anyZone,
  isOpenBySecond as isWindowOpen,
  nextClockChange,
} from './calendar.kit.ts';
import type { WrittenFreeze } from './parse-freeze.ts';
import type { Window } from './window.ts';

/** The same calendar as people write it, and the project reads it. */
export interface SecondCalendar {
  readonly windows: readonly Window[];
  readonly freezes: readonly WrittenFreeze[];
  readonly exceptions: readonly { readonly from: number; readonly to: number }[];
}

const dayMs = 86_400_000;

/** The first or last moment at which the clock shows a local time; the jump over it, where it never does. */
function momentOf(local: Temporal.PlainDateTime, zone: string, which: 'earlier' | 'later'): number {
  const zoned = local.toZonedDateTime(zone, { disambiguation: which });
  if (zoned.toPlainDateTime().equals(local)) return zoned.epochMilliseconds;
  const before = local.toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds;
  return nextClockChange(zone, before) ?? before;
}

/** From and to, of every time that the freeze holds, near a moment. */
function spansOf(freeze: WrittenFreeze, now: number): readonly (readonly [number, number])[] {
  const { zone } = freeze;
  if (!('yearly' in freeze)) {
    const [from, to] = [freeze.from, freeze.to].map((text) =>
      Temporal.PlainDateTime.from(text.replace(' ', 'T')),
    );
    return from && to ? [[momentOf(from, zone, 'earlier'), momentOf(to, zone, 'later')]] : [];
  }
  const [first = '', last = ''] = freeze.yearly.split('..');
  const thisYear = new Date(now).getUTCFullYear();
  return [-2, -1, 0, 1, 2, 3].map((away) => {
    const year = thisYear + away;
    const start = Temporal.PlainDate.from(`${year}-${first}`);
    const end = Temporal.PlainDate.from(`${last < first ? year + 1 : year}-${last}`).add({ days: 1 });
    return [
      momentOf(start.toPlainDateTime(), zone, 'earlier'),
      momentOf(end.toPlainDateTime(), zone, 'later'),
    ] as const;
  });
}

type Spans = readonly (readonly [number, number])[];

/** Whether one may go in, read off the clocks on the wall. */
export const isOpenBySecond = (calendar: SecondCalendar, at: number): boolean =>
  isOpenIn(calendar, frozenSpans(calendar, at), at);

const frozenSpans = (calendar: SecondCalendar, near: number): Spans =>
  calendar.freezes.flatMap((freeze) => spansOf(freeze, near));

function isOpenIn(calendar: SecondCalendar, frozen: Spans, at: number): boolean {
  if (calendar.exceptions.some(({ from, to }) => at >= from && at < to)) return true;
  if (frozen.some(([from, to]) => at >= from && at < to)) return false;
  return calendar.windows.length === 0 || calendar.windows.some((window) => isWindowOpen(window, at));
}

/** The first moment of 400 days at which it is not open any longer, or closed: every moment that could be one is tried in order. */
export function expectedNextChange(calendar: SecondCalendar, now: number): number | null {
  const frozen = frozenSpans(calendar, now);
  const open = isOpenIn(calendar, frozen, now);
  const horizon = now + 400 * dayMs;
  const bounds = [
    ...calendar.exceptions.flatMap(({ from, to }) => [from, to]),
    ...frozen.flat(),
    ...calendar.windows.flatMap((window) => boundsOf(window, now, horizon)),
  ];
  const candidates = bounds.filter((at) => at > now && at < horizon).toSorted((left, right) => left - right);
  return candidates.find((at) => isOpenIn(calendar, frozen, at) !== open) ?? null;
}

function boundsOf(window: Window, now: number, horizon: number): readonly number[] {
  const bounds: number[] = [];
  const { zone } = window;
  const first = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  for (let day = -2; day <= 402; day += 1) {
    const midnight = first.add({ days: day }).toPlainDateTime();
    for (const minutes of [window.fromMinute, window.toMinute]) {
      const local = midnight.add({ minutes });
      bounds.push(momentOf(local, zone, 'earlier'), momentOf(local, zone, 'later'));
    }
  }
  for (let change = nextClockChange(zone, now); change !== null && change < horizon; ) {
    bounds.push(change);
    change = nextClockChange(zone, change);
  }
  return bounds;
}

const twoDigits = (figure: number): string => String(figure).padStart(2, '0');
const monthDay = fc
  .record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
  .map(({ month, day }) => `${twoDigits(month)}-${twoDigits(day)}`);

const localFrom = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

const freezeNear = (zone: string, now: number): fc.Arbitrary<WrittenFreeze> =>
  fc.oneof(
    fc
      .tuple(fc.integer({ min: -40, max: 60 }), fc.integer({ min: 1, max: 40 * 24 * 2 }))
      .map(([days, halfHours]) => {
        const from = Math.floor(now / 1_800_000) * 1_800_000 + days * dayMs;
        const to = from + halfHours * 1_800_000;
        return { from: localFrom(from), to: localFrom(to), zone, reason: 'one' };
      }),
    fc
      .tuple(monthDay, monthDay)
      .map(([from, to]) => ({ yearly: `${from}..${to}`, zone, reason: 'each year' })),
  );

const exceptionNear = (now: number): fc.Arbitrary<{ from: number; to: number }> =>
  fc
    .tuple(fc.integer({ min: -5, max: 60 * 24 }), fc.integer({ min: 1, max: 72 }))
    .map(([hours, length]) => ({ from: now + hours * 3_600_000, to: now + (hours + length) * 3_600_000 }));

/** Calendars of up to two windows, two freezes and an exception, and a moment at which to ask. */
export const anyCalendar = fc
  .tuple(anyZone, anyZone)
  .chain(([zone, other]) => fc.tuple(fc.constant(zone), fc.constant(other), anyMomentIn(zone)))
  // Freezes are of 2000 and later.
  .filter(([, , now]) => now > Date.UTC(2002, 0, 1))
  .chain(([zone, other, now]) =>
    fc.record({
      now: fc.constant(now),
      windows: fc.array(fc.oneof(anyWindowIn(zone), anyWindowIn(other)), { maxLength: 2 }),
      freezes: fc.array(fc.oneof(freezeNear(zone, now), freezeNear(other, now)), { maxLength: 2 }),
      exceptions: fc.array(exceptionNear(now), { maxLength: 1 }),
    }),
  )
  .filter(({ freezes }) => freezes.every(isRight))
  .map((written) => ({ written, now: written.now, calendar: readBySelf(written) }));

/** Not the whole year. */
function isRight(freeze: WrittenFreeze): boolean {
  try {
    return aFreeze(freeze) !== null;
  } catch {
    return false;
  }
}

const readBySelf = (written: SecondCalendar): Calendar => ({
  windows: written.windows,
  freezes: written.freezes.map(aFreeze),
  exceptions: written.exceptions.map(({ from, to }) => ({
    id: 'one' as ExceptionId,
    from: instant(from),
    to: instant(to),
    by: 'ada@example.org' as ActorId,
    reason: 'once',
  })),
});
