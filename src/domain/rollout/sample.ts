import type { Instant, RolloutId, ServiceName } from '../ids.ts';

/**
 * One measurement of a rollout, made once, by the agent, from two readings of the gateway's raw counters. Agent
 * and control plane fold the same samples, in the order of their numbers.
 */
export interface Sample {
  readonly rollout: RolloutId;
  /** Of the rollout when the sample was made. Samples of another generation are not evidence. */
  readonly generation: number;
  /** Dense, from 1, over the whole rollout. */
  readonly number: number;
  /** Wall clock, for people. Never used to judge. */
  readonly at: Instant;
  /** How long the sample covers, on the monotonic clock. */
  readonly durationMs: number;
  /** Share of requests the new version was given, as read back from the gateway. */
  readonly trafficPercent: number;
  readonly services: Readonly<Record<ServiceName, ServiceSample>>;
}

/** The highest number there can be: one a second gets there in 68 years. */
export const highestSample = 2 ** 31 - 1;

export interface ServiceSample {
  /** null: could not be measured. That is unknown, never zero. */
  readonly candidate: Counts | null;
  readonly stable: Counts | null;
  readonly health: CandidateHealth;
}

/** What happened within the sample, not since the start. */
export interface Counts {
  readonly requests: number;
  /** Answers with status 500 and above, and requests that got no answer. */
  readonly errors: number;
  /** How many of the requests were sent by Rung itself. */
  readonly probes: number;
  /** Requests by latency bucket: see latency.ts. Only buckets that are not empty. */
  readonly latency: Readonly<Record<number, number>>;
}

export interface CandidateHealth {
  readonly wanted: number;
  readonly healthy: number;
  /** Processes that ended by themselves, within the sample. */
  readonly exits: number;
  /** Connections to the new version that were refused, within the sample. */
  readonly refused: number;
  /** Health checks that failed twice in a row, within the sample. */
  readonly failedProbes: number;
}
