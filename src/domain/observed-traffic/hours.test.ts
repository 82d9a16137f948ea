import { describe, expect, it } from 'vitest';
import { type EnvironmentId, instant, type ProjectId, type ServiceName } from '../ids.ts';
import {
  bucketMs,
  emptyHour,
  hourId,
  hourMs,
  hourOf,
  mostCoveredMs,
  piecesOf,
  totalOf,
  trafficKeptMs,
  withPiece,
} from './hours.ts';
import type { CountsByService, TrafficBucket } from './types.ts';

const environment = 'e1' as EnvironmentId;
const [web, orders] = ['web', 'orders'] as ServiceName[] as [ServiceName, ServiceName];
const counts = (requests: number, errors = 0): CountsByService => ({ [web]: { requests, errors } });
const piece = (at: number, observedMs: number, services: CountsByService = {}): TrafficBucket => ({
  at: instant(at),
  observedMs,
  services,
});

describe('an hour of traffic', () => {
  it('has a name that says whose and which, and sorts as hours do', () => {
    const ids = [1, 9, 10, 99_999, 100_000, 490_000].map((hour) =>
      hourId(environment, instant(hour * hourMs)),
    );
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toContain(environment);
    expect(hourId('e2' as EnvironmentId, instant(hourMs))).not.toBe(ids[0]);
  });

  it('is kept for eight days, longer than any gate looks back', () => {
    expect(trafficKeptMs).toBe(691_200_000);
  });

  it('begins with the hour', () => {
    expect([0, 1, hourMs - 1, hourMs].map((at) => hourOf(instant(at)))).toEqual([0, 0, 0, hourMs]);
  });

  it('has its five minutes in their order, however late a reading comes', () => {
    const hour = [2, 0, 1].reduce(
      (sum, index) => withPiece(sum, piece(index * bucketMs, 60_000, counts(index))),
      emptyHour('p' as ProjectId, environment, instant(0)),
    );
    expect(hour.buckets.map(({ at }) => at)).toEqual([0, bucketMs, 2 * bucketMs]);
    const more = withPiece(hour, piece(bucketMs, 60_000, counts(5, 2)));
    expect(more.buckets[1]).toEqual(piece(bucketMs, 120_000, counts(6, 2)));
    expect(more.buckets.filter((_, index) => index !== 1)).toEqual(
      hour.buckets.filter((_, index) => index !== 1),
    );
  });
});

describe('what one reading adds', () => {
  it.each([
    ['nobody looked before', bucketMs + 1_000, 0, [piece(bucketMs, 0, counts(3))]],
    ['it looked for a time in which nothing could be seen', bucketMs, -5, [piece(bucketMs, 0, counts(3))]],
    [
      'it comes right with the next five minutes',
      bucketMs,
      60_000,
      [piece(0, 60_000), piece(bucketMs, 0, counts(3))],
    ],
    [
      'it looked for all of five minutes',
      2 * bucketMs - 1,
      bucketMs - 1,
      [piece(bucketMs, bucketMs - 1, counts(3))],
    ],
    [
      'it says that it looked for long',
      3 * bucketMs + 1,
      3 * bucketMs,
      [piece(2 * bucketMs, mostCoveredMs - 1), piece(3 * bucketMs, 1, counts(3))],
    ],
  ])('is where %s', (_, at, coveredMs, pieces) => {
    expect(piecesOf(instant(at), coveredMs, counts(3))).toEqual(pieces);
  });
});

describe('all of it together', () => {
  it('is the sum over services, errors too', () => {
    const buckets = [
      piece(0, 1_000, { ...counts(5, 1), [orders]: { requests: 2, errors: 2 } }),
      piece(bucketMs, 500, counts(3, 1)),
    ];
    expect(totalOf(buckets)).toEqual({ requests: 10, errors: 4, observedMs: 1_500 });
    expect(totalOf([])).toEqual({ requests: 0, errors: 0, observedMs: 0 });
  });
});
