import { Failure } from '../../domain/failure.ts';
import type { Clock } from '../../engine/clock.ts';
import { signInRate } from '../limits.ts';
import { createBuckets } from './buckets.ts';

/** Counts tries at sign-in, for each peer. */
export interface Tries {
  /** Throws limited `sign-in-tries` when there are none left. */
  take(peer: string): void;
}

export function createTries(clock: Pick<Clock, 'monotonicMs'>): Tries {
  const buckets = createBuckets(clock, signInRate);
  return {
    take: (peer) => {
      const retryAfterMs = buckets.take(peer);
      if (retryAfterMs > 0) throw tooMany(retryAfterMs);
    },
  };
}

const tooMany = (retryAfterMs: number): Failure =>
  new Failure('limited', 'sign-in-tries', 'Too many tries to sign in.', {
    wayOut: `Wait ${Math.ceil(retryAfterMs / 1000)} s and try again.`,
    facts: { retryAfterMs },
  });
