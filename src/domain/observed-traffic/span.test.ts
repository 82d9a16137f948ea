import { describe, expect, it } from 'vitest';
import { type EnvironmentId, instant, type ProjectId, type ServiceName } from '../ids.ts';
import { bucketMs, emptyHour, hourMs, withPiece } from './hours.ts';
import { dayOf, observedEnoughAt, trafficOver } from './span.ts';

const web = 'web' as ServiceName;
/** An hour in which these five minutes were seen for so long, with a request each. */
const seen = (pieces: Readonly<Record<number, number>>) => [
  Object.entries(pieces).reduce(
    (hour, [index, observedMs]) =>
      withPiece(hour, {
        at: instant(Number(index) * bucketMs),
        observedMs,
        services: { [web]: { requests: 1, errors: 1 } },
      }),
    emptyHour('p' as ProjectId, 'e' as EnvironmentId, instant(0)),
  ),
];
const overMs = (ms: number, pieces: Readonly<Record<number, number>>, now: number) =>
  trafficOver(seen(pieces), ms, instant(now));

describe('traffic over a while', () => {
  const pieces = { 0: 10_000, 1: 20_000, 2: 40_000 };

  it('counts five minutes that reach into it, and those that begin right now', () => {
    expect(overMs(bucketMs, pieces, 2 * bucketMs)).toEqual({
      observedMs: 60_000,
      services: { [web]: { requests: 2, errors: 2 } },
    });
    expect(overMs(bucketMs, pieces, 2 * bucketMs - 1).observedMs).toBe(30_000);
    expect(overMs(bucketMs + 1, pieces, 2 * bucketMs).observedMs).toBe(70_000);
  });

  it('counts nothing of what is still to come, as by a clock that was set back', () => {
    expect(overMs(hourMs, pieces, bucketMs).observedMs).toBe(30_000);
    expect(overMs(hourMs, pieces, -1)).toEqual({ observedMs: 0, services: {} });
  });

  it('is never observed for longer than it is', () => {
    expect(overMs(15_000, { 0: 10_000, 1: 20_000 }, bucketMs).observedMs).toBe(15_000);
  });
});

describe('the moment at which enough was seen', () => {
  const forMs = 2 * bucketMs;
  const enoughAt = (neededMs: number, pieces: Readonly<Record<number, number>>, now = forMs) =>
    observedEnoughAt(seen(pieces), forMs, neededMs, instant(now));

  it('is now where it was already, and after all of it where nothing was', () => {
    expect(enoughAt(1_000, { 1: 1_000 })).toBe(forMs);
    expect(enoughAt(500, { 1: 1_000 })).toBe(forMs);
    expect(enoughAt(1_000, {})).toBe(forMs + 1_000);
  });

  it('comes sooner by what was seen and is not forgotten by then', () => {
    expect(enoughAt(bucketMs, { 1: 60_000 })).toBe(forMs + bucketMs - 60_000);
  });

  it('counts nothing that leaves the span in that very moment', () => {
    // At 15 minutes the five of the beginning are gone: what is needed has to be seen from now on.
    expect(enoughAt(forMs, { 0: bucketMs })).toBe(2 * forMs);
    expect(enoughAt(forMs - 1, { 0: bucketMs })).toBe(forMs + bucketMs - 1);
  });
});

describe('the last day', () => {
  it('is of the hours that began in it, and of none that is to come', () => {
    const now = instant(30 * hourMs);
    const hours = [5, 6, 7, 30, 31].map((index) => ({
      hour: instant(index * hourMs),
      requests: 10 ** (index % 5),
      errors: 1,
      observedMs: 2,
    }));
    expect(dayOf({ counted: [], hours }, now)).toEqual({ requests: 100 + 1, errors: 2, observedMs: 4 });
    expect(dayOf({ counted: [], hours: [] }, now)).toEqual({ requests: 0, errors: 0, observedMs: 0 });
  });
});
