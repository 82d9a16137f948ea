import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EnvironmentId, instant, type ProjectId, type ServiceName } from '../ids.ts';
import { addedCounts, growth } from './counting.ts';
import { bucketMs, emptyHour, hourMs, hourOf, piecesOf, totalOf, withPiece } from './hours.ts';
import { observedEnoughAt, trafficOver } from './span.ts';
import type { CountedEpochs, CountsByService, TrafficHour } from './types.ts';

const web = 'web' as ServiceName;
const counts = (requests: number, errors = 0): CountsByService => ({ [web]: { requests, errors } });

const hoursOf = (pieces: readonly (readonly [at: number, coveredMs: number, requests: number])[]) => {
  const hours = new Map<number, TrafficHour>();
  for (const [at, coveredMs, requests] of pieces)
    for (const piece of piecesOf(instant(at), coveredMs, counts(requests))) {
      const hour = hourOf(piece.at);
      const before = hours.get(hour) ?? emptyHour('p' as ProjectId, 'e' as EnvironmentId, hour);
      hours.set(hour, withPiece(before, piece));
    }
  return [...hours.values()];
};

describe('counting what a gateway counts (REL-4)', () => {
  it('adds up to what was counted, whatever readings are lost, come twice or come late', () => {
    const epoch = fc.array(fc.nat(50), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(
        fc.array(epoch, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat(3)),
        (epochs, chances) => {
          let counted: CountedEpochs = [];
          let sum: CountsByService = {};
          const take = (reading: { readonly epoch: string; readonly services: CountsByService }): void => {
            const grown = growth(counted, reading);
            ({ counted } = grown);
            sum = addedCounts(sum, grown.grown);
          };
          let [total, last] = [0, { epoch: '0', services: counts(0) }];
          for (const [index, steps] of epochs.entries()) {
            let reached = 0;
            for (const [turn, step] of steps.entries()) {
              reached += step;
              const reading = { epoch: String(index), services: counts(reached) };
              const chance = Number(chances.next().value);
              if (chance !== 0 || turn === steps.length - 1) take(reading);
              if (chance === 1) take(reading);
              if (chance === 2) take(last);
              last = reading;
            }
            total += reached;
          }
          expect(sum[web]?.requests ?? 0).toBe(total);
        },
      ),
    );
  });

  it('never counts more errors than requests', () => {
    const { grown } = growth([{ epoch: 'a', services: counts(10, 2) }], {
      epoch: 'a',
      services: counts(11, 9),
    });
    expect(grown[web]).toEqual({ requests: 1, errors: 1 });
  });
});

describe('five minutes of traffic', () => {
  it('get the time that passed in them, and the requests where they were read', () => {
    const pieces = piecesOf(instant(bucketMs + 20_000), 60_000, counts(7));
    expect(pieces).toEqual([
      { at: 0, observedMs: 40_000, services: {} },
      { at: bucketMs, observedMs: 20_000, services: counts(7) },
    ]);
  });

  it('never hold more time than they have, and one reading never vouches for long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3 * hourMs), fc.nat(2 * hourMs), fc.nat(9)), { maxLength: 30 }),
        (pieces) => {
          const buckets = hoursOf(pieces).flatMap((hour) => hour.buckets);
          for (const { observedMs } of buckets) expect(observedMs).toBeLessThanOrEqual(bucketMs);
          const vouched = pieces.reduce((sum, [, coveredMs]) => sum + Math.min(coveredMs, bucketMs), 0);
          expect(totalOf(buckets).observedMs).toBeLessThanOrEqual(vouched);
          expect(totalOf(buckets).requests).toBe(pieces.reduce((sum, [, , requests]) => sum + requests, 0));
        },
      ),
    );
  });
});

describe('looking back', () => {
  it('finds the first moment at which enough will have been seen', () => {
    const forMs = 2 * hourMs;
    const neededMs = 0.9 * forMs;
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(23), { maxLength: 24 }), (seen) => {
        const now = instant(forMs);
        const hours = hoursOf(seen.map((index) => [(index + 1) * bucketMs - 1, bucketMs - 1, 1]));
        const dueMs = observedEnoughAt(hours, forMs, neededMs, now) - now;
        const atDue = (lateMs: number): number => {
          const pieces = seen.map((index) => [(index + 1) * bucketMs - 1, bucketMs - 1, 1] as const);
          const then = now + dueMs + lateMs;
          const from: number[] = [];
          for (let ms: number = now; ms < then; ms += 60_000) from.push(ms);
          const later = from.map(
            (ms) => [Math.min(ms + 60_000, then), Math.min(60_000, then - ms), 1] as const,
          );
          return trafficOver(hoursOf([...pieces, ...later]), forMs, instant(then)).observedMs;
        };
        expect(atDue(0)).toBeGreaterThanOrEqual(neededMs);
        if (dueMs > 2 * bucketMs) expect(atDue(-2 * bucketMs)).toBeLessThan(neededMs);
      }),
      { numRuns: 60 },
    );
  });
});
