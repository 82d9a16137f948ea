import { type EnvironmentId, type Instant, instant, type ProjectId } from '../ids.ts';
import { addedCounts } from './counting.ts';
import type { CountsByService, TrafficBucket, TrafficHour, TrafficTotal } from './types.ts';

export const bucketMs = 5 * 60_000;
export const hourMs = 3_600_000;
/** Older hours are thrown away. No gate looks back further. */
export const trafficKeptMs = 8 * 24 * hourMs;
/** So many are never thrown away, however old they look to a clock that is ahead for a moment. */
export const hoursKept = trafficKeptMs / hourMs;
/** One reading cannot vouch for more: agents read each minute. */
export const mostCoveredMs = 5 * 60_000;

const floorTo = (at: number, span: number): Instant => instant(Math.floor(at / span) * span);

export const hourOf = (at: Instant): Instant => floorTo(at, hourMs);

export const hourId = (environment: EnvironmentId, hour: Instant): string =>
  `${environment} ${String(hour / hourMs).padStart(8, '0')}`;

export const emptyHour = (project: ProjectId, environment: EnvironmentId, hour: Instant): TrafficHour => ({
  id: hourId(environment, hour),
  project,
  environment,
  hour,
  buckets: [],
});

/** What one reading adds, by bucket: its requests where it was made, its time where that passed. Pure. */
export function piecesOf(
  at: Instant,
  coveredMs: number,
  services: CountsByService,
): readonly TrafficBucket[] {
  const from = at - Math.min(Math.max(0, coveredMs), mostCoveredMs);
  const pieces: TrafficBucket[] = [];
  for (let start = floorTo(from, bucketMs); start <= at; start = instant(start + bucketMs)) {
    const observedMs = Math.max(0, Math.min(at, start + bucketMs) - Math.max(from, start));
    const isLast = start === floorTo(at, bucketMs);
    pieces.push({ at: start, observedMs, services: isLast ? services : {} });
  }
  return pieces;
}

/** Never more time in a bucket than it has, however a clock was set back. Pure. */
export function withPiece(hour: TrafficHour, piece: TrafficBucket): TrafficHour {
  const before = hour.buckets.find(({ at }) => at === piece.at);
  const others = hour.buckets.filter(({ at }) => at !== piece.at);
  const bucket: TrafficBucket = {
    at: piece.at,
    observedMs: Math.min(bucketMs, (before?.observedMs ?? 0) + piece.observedMs),
    services: addedCounts(before?.services ?? {}, piece.services),
  };
  return { ...hour, buckets: [...others, bucket].toSorted((left, right) => left.at - right.at) };
}

export function totalOf(buckets: readonly TrafficBucket[]): TrafficTotal {
  let [requests, errors, observedMs] = [0, 0, 0];
  for (const bucket of buckets) {
    observedMs += bucket.observedMs;
    for (const counts of Object.values(bucket.services)) {
      requests += counts.requests;
      errors += counts.errors;
    }
  }
  return { requests, errors, observedMs };
}
