import { keepLatest } from '../../domain/latest.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Rate } from '../limits.ts';

const mostKept = 10_000;

/** Counts what somebody does against a rate, each by a name of their own. */
export interface Buckets {
  /** Takes one; else how many milliseconds until there is one again. 0: it was taken. */
  take(name: string): number;
  /** Takes none: how many milliseconds until there is one. 0: there is. */
  wait(name: string): number;
}

export function createBuckets(clock: Pick<Clock, 'monotonicMs'>, { burst, perSecond }: Rate): Buckets {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  const leftOf = (name: string, now: number): number => {
    const known = buckets.get(name) ?? { left: burst, at: now };
    return Math.min(burst, known.left + ((now - known.at) * perSecond) / 1000);
  };
  const missingMs = (left: number): number => (left >= 1 ? 0 : Math.ceil(((1 - left) * 1000) / perSecond));
  return {
    wait: (name) => missingMs(leftOf(name, clock.monotonicMs())),
    take: (name) => {
      const now = clock.monotonicMs();
      const left = leftOf(name, now);
      if (left < 1) return missingMs(left);
      // Those that came last are kept: who has not come for long has a full bucket anyway.
      keepLatest(buckets, mostKept, name, { left: left - 1, at: now });
      return 0;
    },
  };
}
