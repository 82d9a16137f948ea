import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { anyMomentIn, anyZone, moment, nextClockChange, shownBy } from './calendar.kit.ts';
import { localAt, momentText, stretchAt, whenShows } from './zone-clock.ts';

const zonedMoment = anyZone.chain((zone) => fc.tuple(fc.constant(zone), anyMomentIn(zone)));

/** As if what the clock shows were UTC. */
const asUtc = (shown: Temporal.PlainDateTime): number => shown.toZonedDateTime('UTC').epochMilliseconds;

/** When a second implementation says that the clock shows a local time. */
function whenShownBySecond(zone: string, local: number): ReturnType<typeof whenShows> {
  const plain = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  const [first, last] = [earlier.epochMilliseconds, later.epochMilliseconds];
  if (first === last) return { how: 'once', first, last };
  if (earlier.toPlainDateTime().equals(plain)) return { how: 'twice', first, last };
  const jump = nextClockChange(zone, first) ?? first;
  return { how: 'never', first: jump, last: jump };
}

describe('the clock of a time zone', () => {
  it('shows what a second implementation shows, in every zone from 1990 to 2040', () => {
    fc.assert(
      fc.property(zonedMoment, ([zone, at]) => {
        expect(localAt(zone, at)).toBe(asUtc(shownBy(zone, at).toPlainDateTime()));
      }),
      { numRuns: 500 },
    );
  });

  it('is put forward and back at the very moments of a second implementation', () => {
    fc.assert(
      fc.property(zonedMoment, ([zone, at]) => {
        const change = nextClockChange(zone, at);
        fc.pre(change !== null);
        expect(stretchAt(zone, change).from).toBe(change);
        expect(stretchAt(zone, change - 1).to).toBe(change);
      }),
      { numRuns: 300 },
    );
  });

  it('shows a local time when a second implementation says, be it once, twice or never', () => {
    fc.assert(
      fc.property(zonedMoment, ([zone, at]) => {
        const local = localAt(zone, at) + 1_800_000;
        expect(whenShows(zone, local)).toEqual(whenShownBySecond(zone, local));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['America/Montevideo', '2026-01-01T00:00Z', '2025-12-31T21:00Z'],
    ['Asia/Kabul', '2026-01-01T00:00Z', '2026-01-01T04:30Z'],
    ['Africa/Monrovia', '1971-01-01T00:00Z', '1970-12-31T23:15:30Z'],
  ])('is so much before or after UTC, to the second: in %s, at %s, it is %s', (zone, at, shown) => {
    expect(localAt(zone, moment(at))).toBe(moment(shown));
  });

  it('leaves out the whole day that Apia left out', () => {
    const jump = moment('2011-12-30T10:00Z');
    expect(momentText('Pacific/Apia', jump - 60_000)).toBe('2011-12-29 23:59');
    expect(momentText('Pacific/Apia', jump)).toBe('2011-12-31 00:00');
    const noon = Date.UTC(2011, 11, 30, 12);
    expect(whenShows('Pacific/Apia', noon)).toEqual({ how: 'never', first: jump, last: jump });
  });

  it('is put back by half an hour on Lord Howe', () => {
    const local = Date.UTC(2026, 3, 5, 1, 45);
    const { how, first, last } = whenShows('Australia/Lord_Howe', local);
    expect([how, last - first]).toEqual(['twice', 30 * 60_000]);
  });
});
