import type { Instant } from '../../domain/ids.ts';

/** A moment of a scenario: so long after its start, or after the new version's first request. */
export interface Moment {
  readonly since: 'start' | 'first request';
  readonly ms: number;
}

/** Where a scenario has come to. */
export interface Elapsed {
  readonly sinceStartMs: number;
  /** null: the new version has had no request yet. */
  readonly sinceFirstRequestMs: number | null;
}

/** A value that changes over time, at once or little by little. */
export interface Curve {
  readonly first: number;
  readonly changes: readonly Change[];
}

export interface Change {
  readonly when: Moment;
  readonly to: number;
  /** 0: at once. */
  readonly overMs: number;
}

/** A cosine between the night's rate and the day's. */
export interface Day {
  readonly night: number;
  readonly day: number;
  /** From midnight, UTC. */
  readonly peakMs: number;
}

export type RateCurve = Curve | Day;

export function valueAt(curve: Curve, elapsed: Elapsed): number {
  return curve.changes.reduce((value, { when, to, overMs }) => {
    const intoMs = sinceMs(when, elapsed);
    if (intoMs === null || intoMs < 0) return value;
    return intoMs >= overMs ? to : value + (to - value) * (intoMs / overMs);
  }, curve.first);
}

/** How long ago the moment was; null where nobody can know when it will be. */
export function sinceMs({ since, ms }: Moment, elapsed: Elapsed): number | null {
  const countedMs = since === 'start' ? elapsed.sinceStartMs : elapsed.sinceFirstRequestMs;
  return countedMs === null ? null : countedMs - ms;
}

const dayMs = 86_400_000;

/** Requests in a second. */
export function rateAt(rate: RateCurve, elapsed: Elapsed, now: Instant): number {
  if ('changes' in rate) return valueAt(rate, elapsed);
  const turn = Math.cos((2 * Math.PI * (now - rate.peakMs)) / dayMs);
  return rate.night + ((rate.day - rate.night) * (1 + turn)) / 2;
}
