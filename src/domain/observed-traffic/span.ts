import { type Instant, instant, later } from '../ids.ts';
import { addedCounts } from './counting.ts';
import { bucketMs } from './hours.ts';
import type { CountsByService, KeptTraffic, TrafficBucket, TrafficHour, TrafficTotal } from './types.ts';

/** What was seen of an environment's traffic over a while, up to now. */
export interface TrafficSpan {
  readonly observedMs: number;
  readonly services: CountsByService;
}

/** Whole buckets count: the first one may reach back up to five minutes further. Pure. */
export function trafficOver(hours: readonly TrafficHour[], forMs: number, now: Instant): TrafficSpan {
  let services: CountsByService = {};
  let observedMs = 0;
  for (const bucket of bucketsIn(hours, now - forMs, now)) {
    observedMs += bucket.observedMs;
    services = addedCounts(services, bucket.services);
  }
  return { observedMs: Math.min(observedMs, forMs), services };
}

const bucketsIn = (hours: readonly TrafficHour[], from: number, to: number): readonly TrafficBucket[] =>
  hours
    .flatMap(({ buckets }) => buckets)
    .filter(({ at }) => at + bucketMs > from && at <= to)
    .toSorted((left, right) => left.at - right.at);

/**
 * The first moment at which the last `forMs` will have been observed for `neededMs`, if everything is from now on: by then
 * enough of what nobody saw is too long ago to matter. Pure.
 */
export function observedEnoughAt(
  hours: readonly TrafficHour[],
  forMs: number,
  neededMs: number,
  now: Instant,
): Instant {
  const buckets = bucketsIn(hours, now - forMs, now);
  let keptMs = buckets.reduce((sum, { observedMs }) => sum + observedMs, 0);
  for (const { at, observedMs } of buckets) {
    const leavesAt = at + bucketMs + forMs;
    const enoughAt = now + (neededMs - keptMs);
    if (enoughAt < leavesAt) return instant(Math.max(now, enoughAt));
    keptMs -= observedMs;
  }
  return later(now, neededMs);
}

/** Of the last day, hour by hour: for showing, where an hour more or less is no matter. */
export function dayOf({ hours }: KeptTraffic, now: Instant): TrafficTotal {
  const dayMs = 86_400_000;
  const latest = hours.filter(({ hour }) => hour > now - dayMs && hour <= now);
  return {
    requests: latest.reduce((sum, one) => sum + one.requests, 0),
    errors: latest.reduce((sum, one) => sum + one.errors, 0),
    observedMs: latest.reduce((sum, one) => sum + one.observedMs, 0),
  };
}
