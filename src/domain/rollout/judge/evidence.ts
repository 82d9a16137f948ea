import type { EProcess } from './statistics/e-process.ts';

/**
 * What the judge keeps of one service between two samples. Its size does not grow with time: tallies are sums, the
 * window holds about F/4 in slots of about F/24, latencies have 137 buckets, and an e-process a number for each alternative.
 */
export interface ServiceEvidence {
  /** Sums over the whole step. */
  readonly candidate: Tally;
  readonly stable: Tally;
  /** The slot that is being filled. */
  readonly filling: Slot;
  /** R1's window: the latest slots, oldest first. */
  readonly window: readonly Slot[];
  readonly contract: ContractEvidence;
  /** Time at the weight, with evidence, not in BREACH or UNKNOWN. */
  readonly exposureMs: number;
  /** Time of which it is known how it was, BREACH included. */
  readonly observedMs: number;
  /** R2, absolute: errors of the new version against the limit. */
  readonly absolute: EProcess;
  /** R2, relative: errors of the new version among those of both. */
  readonly relative: EProcess;
  /** R4: requests of the new version slower than the bound that was in force when they were seen. */
  readonly slower: EProcess;
  readonly health: HealthEvidence;
}

export interface Tally {
  readonly requests: number;
  readonly errors: number;
  readonly probes: number;
  /** Requests by latency bucket. */
  readonly latency: Readonly<Record<number, number>>;
}

/** About F/24 of time, made of one or more samples. */
export interface Slot {
  readonly durationMs: number;
  /** Of which the new version could be measured. */
  readonly measuredMs: number;
  /** Of which it had the weight, too. */
  readonly exposedMs: number;
  readonly candidate: Tally;
  readonly stable: Tally;
}

/** What R1 says of one slot's window. */
export type ContractReading = 'ok' | 'breach' | 'unknown';

export interface ContractEvidence {
  readonly last: ContractReading;
  /** From the first BREACH with no OK since; null while none runs. */
  readonly breach: Breach | null;
}

export interface Breach {
  /** Time in BREACH after its first reading. UNKNOWN does not count, and does not end it. */
  readonly forMs: number;
  readonly candidate: Ratio;
  readonly stable: Ratio;
}

export interface Ratio {
  readonly requests: number;
  readonly errors: number;
}

export interface HealthEvidence {
  /** As the last sample that knew said; null before. */
  readonly instances: { readonly wanted: number; readonly healthy: number } | null;
  /** When the latest two failures were seen, in folded time. More decide nothing. */
  readonly failuresAtMs: readonly number[];
  /** What the latest failure was, as a clause. */
  readonly latest: string | null;
  /** Whether no instance was healthy in any sample. */
  readonly noneHealthy: boolean;
}

export const emptyTally: Tally = { requests: 0, errors: 0, probes: 0, latency: {} };

/** The share of requests that failed; null where there was none. */
export const errorRatio = (of: Ratio): number | null => (of.requests === 0 ? null : of.errors / of.requests);
