import type { Counts } from '../sample.ts';
import { emptyTally, type Ratio, type Slot, type Tally } from './evidence.ts';

/**
 * Counts as evidence; null for what is no measurement (null, NaN, negative). An error whose request was not counted counts as a
 * request, too: no error is ever dropped.
 */
export function measured(counts: Counts | null | undefined): Tally | null {
  if (counts === null || counts === undefined) return null;
  if (!isCount(counts.requests) || !isCount(counts.errors)) return null;
  return {
    requests: Math.max(counts.requests, counts.errors),
    errors: counts.errors,
    probes: isCount(counts.probes) ? counts.probes : 0,
    latency: addLatency({}, counts.latency),
  };
}

const isCount = (value: number): boolean => Number.isFinite(value) && value >= 0;

export function addTallies(left: Tally, right: Tally): Tally {
  return {
    requests: left.requests + right.requests,
    errors: left.errors + right.errors,
    probes: left.probes + right.probes,
    latency: addLatency(left.latency, right.latency),
  };
}

type Latency = Tally['latency'];

function addLatency(left: Latency, right: Latency): Latency {
  const sum: Record<number, number> = { ...left };
  for (const key in right) {
    const bucket = Number(key);
    const count = right[bucket] ?? 0;
    if (isCount(count) && count > 0) sum[bucket] = (sum[bucket] ?? 0) + count;
  }
  return sum;
}

/** Requests that took longer than the upper bound of this bucket, among all with a latency. */
export function slowerThan(bound: number, latency: Latency): { slower: number; all: number } {
  let slower = 0;
  let all = 0;
  for (const key in latency) {
    const count = latency[Number(key)] ?? 0;
    all += count;
    if (Number(key) > bound) slower += count;
  }
  return { slower, all };
}

export const addRatios = (left: Ratio, right: Ratio): Ratio => ({
  requests: left.requests + right.requests,
  errors: left.errors + right.errors,
});

export const emptySlot: Slot = {
  durationMs: 0,
  measuredMs: 0,
  exposedMs: 0,
  candidate: emptyTally,
  stable: emptyTally,
};

export function addSlots(left: Slot, right: Slot): Slot {
  return {
    durationMs: left.durationMs + right.durationMs,
    measuredMs: left.measuredMs + right.measuredMs,
    exposedMs: left.exposedMs + right.exposedMs,
    candidate: addTallies(left.candidate, right.candidate),
    stable: addTallies(left.stable, right.stable),
  };
}

/** The window's sums, latencies included. */
export const sumOfSlots = (slots: readonly Slot[]): Slot => slots.reduce(addSlots, emptySlot);
