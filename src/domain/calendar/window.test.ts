import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMomentIn, anyWindowIn, anyZone, aWindow, isOpenBySecond, moment, utc } from './calendar.kit.ts';
import { parseWindow } from './parse-window.ts';
import { windowAt, windowText } from './window.ts';

const dayMs = 86_400_000;

/** Openings and closings between two moments, in UTC. */
function changes(text: string, from: string, to: string): readonly string[] {
  const window = aWindow(text);
  const found: string[] = [];
  const end = moment(to);
  for (let at: number = moment(from); at < end; ) {
    const { inside, until } = windowAt(window, at, end);
    if (inside) found.push(`${utc(at)} to ${utc(until)}`);
    at = until;
  }
  return found;
}

describe('a window', () => {
  it('is open when a second implementation reads one of its times off the clock, in every zone', () => {
    const scene = anyZone.chain((zone) => fc.tuple(anyWindowIn(zone), anyMomentIn(zone)));
    fc.assert(
      fc.property(scene, ([window, at]) => {
        const { inside, until } = windowAt(window, at, at + 9 * dayMs);
        expect(inside).toBe(isOpenBySecond(window, at));
        expect(isOpenBySecond(window, until - 1)).toBe(inside);
        if (until < at + 9 * dayMs) expect(isOpenBySecond(window, until)).toBe(!inside);
      }),
      { numRuns: 1000 },
    );
  });

  it('changes nowhere between a moment and the change that it names', () => {
    const scene = anyZone.chain((zone) =>
      fc.tuple(anyWindowIn(zone), anyMomentIn(zone), fc.double({ min: 0, max: 1, noNaN: true })),
    );
    fc.assert(
      fc.property(scene, ([window, at, share]) => {
        const { inside, until } = windowAt(window, at, at + 9 * dayMs);
        const between = Math.min(until - 1, Math.floor(at + (until - at) * share));
        expect(isOpenBySecond(window, between)).toBe(inside);
      }),
      { numRuns: 1000 },
    );
  });

  it('loses what the clock skips and has twice what it shows twice', () => {
    const night = 'Sun 01:30-02:30 Europe/London';
    expect(changes(night, '2027-03-27T12:00Z', '2027-03-28T12:00Z')).toEqual([
      '2027-03-28 01:00 to 2027-03-28 01:30',
    ]);
    expect(changes(night, '2027-10-30T12:00Z', '2027-10-31T12:00Z')).toEqual([
      '2027-10-31 00:30 to 2027-10-31 01:00',
      '2027-10-31 01:30 to 2027-10-31 02:30',
    ]);
    expect(changes('Sun 01:10-01:50 Europe/London', '2027-03-27T12:00Z', '2027-03-28T12:00Z')).toEqual([]);
  });

  it.each([
    [
      'goes on where the clock is put back at its very end',
      'Sun 01:00-02:00 Europe/London',
      '2027-10-30T12:00Z',
      '2027-10-31 00:00 to 2027-10-31 02:00',
    ],
    [
      'opens by the clock that was put forward in the night before',
      'Sun 09:00-10:00 Europe/London',
      '2027-03-27T12:00Z',
      '2027-03-28 08:00 to 2027-03-28 09:00',
    ],
    [
      'opens by the clock that was put back in the night before',
      'Sun 09:00-10:00 Europe/London',
      '2027-10-30T12:00Z',
      '2027-10-31 09:00 to 2027-10-31 10:00',
    ],
    ['joins with the next day', 'Mon-Tue UTC', '2026-12-07T00:00Z', '2026-12-07 00:00 to 2026-12-09 00:00'],
    [
      'opens again in a week',
      'Mon 09:00-10:00 UTC',
      '2026-12-07T12:00Z',
      '2026-12-14 09:00 to 2026-12-14 10:00',
    ],
  ])('%s', (_, text, from, open) => {
    const weekLater = new Date(moment(from) + 7 * dayMs).toISOString();
    expect(changes(text, from, weekLater)).toEqual([open]);
  });

  it('keeps the times of the place in summer and winter of the southern half, too', () => {
    const text = 'Mon 09:00-10:00 Australia/Sydney';
    expect(changes(text, '2026-01-05T00:00+11:00', '2026-01-06T00:00+11:00')).toEqual([
      '2026-01-04 22:00 to 2026-01-04 23:00',
    ]);
    expect(changes(text, '2026-07-06T00:00+10:00', '2026-07-07T00:00+10:00')).toEqual([
      '2026-07-05 23:00 to 2026-07-06 00:00',
    ]);
  });

  it('over midnight belongs to the day on which it opens', () => {
    expect(changes('Fri 22:00-02:00 Africa/Johannesburg', '2026-12-01T00:00Z', '2026-12-08T00:00Z')).toEqual([
      '2026-12-04 20:00 to 2026-12-05 00:00',
    ]);
  });

  it('that is open all day on all days never closes', () => {
    const at = moment('2027-03-28T00:00Z');
    expect(windowAt(aWindow('daily Europe/London'), at, at + 400 * dayMs)).toEqual({
      inside: true,
      until: at + 400 * dayMs,
    });
  });

  it('is printed in the one way in which it is read again', () => {
    const canonical = fc.constantFrom('UTC', 'Europe/London', 'Asia/Kolkata').chain(anyWindowIn);
    fc.assert(
      fc.property(canonical, (window) => {
        expect(parseWindow(windowText(window))).toEqual({ ok: true, value: window });
      }),
    );
  });
});
