import { Failure } from '../domain/failure.ts';
import type { Clock } from '../engine/clock.ts';
import type { ApiLimits } from './limits.ts';
import { createBuckets } from './security/buckets.ts';
import type { ApiCaller } from './sessions/authenticate.ts';

/** Holds each caller to a rate; throws limited `calls-too-many`. */
export interface CallerRates {
  proved(caller: ApiCaller): void;
  /** Somebody at this address showed nothing, or nothing that is known. */
  unproved(address: string): void;
}

export function createCallerRates(
  clock: Pick<Clock, 'monotonicMs'>,
  { rate, unprovedRate }: ApiLimits,
): CallerRates {
  const proved = createBuckets(clock, rate);
  const unproved = createBuckets(clock, unprovedRate);
  const hold = (retryAfterMs: number): void => {
    if (retryAfterMs > 0) throw tooMany(retryAfterMs);
  };
  return {
    proved: (caller) => hold(proved.take(nameOf(caller))),
    unproved: (address) => hold(unproved.take(address)),
  };
}

/** One person, whomever they act as, or one token. */
export const nameOf = ({ caller: { actor }, project }: ApiCaller): string =>
  actor.kind === 'person'
    ? `person ${actor.actingFrom ?? actor.id}`
    : `${actor.kind} ${project ?? ''} ${'id' in actor ? actor.id : ''}`;

const tooMany = (retryAfterMs: number): Failure =>
  new Failure('limited', 'calls-too-many', 'These are more requests than one may send in so short a time.', {
    wayOut: `Go on in ${Math.ceil(retryAfterMs / 1000)} s, and slower.`,
    facts: { retryAfterMs },
  });
