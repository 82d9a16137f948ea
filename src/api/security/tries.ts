import { Failure } from '../../domain/failure.ts';
import type { Clock } from '../../engine/clock.ts';

const burst = 10;
const oneMoreAfterMs = 6000;
const mostPeers = 10_000;

/** Counts tries at sign-in: ten at once, then one more each 6 s, for each peer. */
export interface Tries {
  /** Throws limited `sign-in-tries` when there are none left. */
  take(peer: string): void;
}

export function createTries(clock: Pick<Clock, 'monotonicMs'>): Tries {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take: (peer) => {
      const now = clock.monotonicMs();
      const known = buckets.get(peer) ?? { left: burst, at: now };
      const left = Math.min(burst, known.left + (now - known.at) / oneMoreAfterMs);
      if (left < 1) throw tooMany((1 - left) * oneMoreAfterMs);
      buckets.delete(peer);
      buckets.set(peer, { left: left - 1, at: now });
      forgetOldest(buckets);
    },
  };
}

function forgetOldest(buckets: Map<string, unknown>): void {
  if (buckets.size <= mostPeers) return;
  const [oldest] = buckets.keys();
  if (oldest !== undefined) buckets.delete(oldest);
}

const tooMany = (retryAfterMs: number): Failure =>
  new Failure('limited', 'sign-in-tries', 'Too many tries to sign in.', {
    wayOut: `Wait ${Math.ceil(retryAfterMs / 1000)} s and try again.`,
    facts: { retryAfterMs: Math.ceil(retryAfterMs) },
  });
