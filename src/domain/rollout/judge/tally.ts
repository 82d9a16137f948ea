import type { Counts } from '../sample.ts';
import { emptyTally, type Ratio, type Slot, type Tally } from './evidence.ts';

/**
 * Counts as evidence; null for what is no measurement (null, NaN, negative). An error whose request was not counted counts as a
 * request, too: no error is ever dropped.
 */
export function measured(counts: Counts | null | undefined): Tally | null {
  if (counts === null || counts === undefined) return null;
  if (!isCount(counts.requests) || !isCount(counts.errors)) return null;
  const latency = cleaned(counts.latency);
  if (counts.errors <= counts.requests && isCount(counts.probes) && latency === counts.latency) return counts;
  return {
    requests: Math.max(counts.requests, counts.errors),
    errors: counts.errors,
    probes: isCount(counts.probes) ? counts.probes : 0,
    latency,
  };
}

const isCount = (value: number): boolean => Number.isFinite(value) && value >= 0;

/** Adding nothing copies nothing: at 100 % half of all sums are of a version that takes no requests. */
export function addTallies(left: Tally, right: Tally): Tally {
  if (isNothing(right)) return left;
  if (isNothing(left)) return right;
  return {
    requests: left.requests + right.requests,
    errors: left.errors + right.errors,
    probes: left.probes + right.probes,
    latency: addLatency(left.latency, right.latency),
  };
}

type Latency = Tally['latency'];

const isNothing = ({ requests, latency }: Tally): boolean => requests === 0 && isEmpty(latency);

function isEmpty(latency: Latency): boolean {
  for (const _ in latency) return false;
  return true;
}

function addLatency(left: Latency, right: Latency): Latency {
  const sum: Record<number, number> = { ...left };
  for (const key of Object.keys(right)) {
    const bucket = Number(key);
    sum[bucket] = (sum[bucket] ?? 0) + (right[bucket] ?? 0);
  }
  return sum;
}

/** Without what is no count. */
function cleaned(latency: Latency): Latency {
  return Object.values(latency).every(isFilled) ? latency : onlyFilled(latency);
}

const isFilled = (count: number | undefined): boolean => count !== undefined && isCount(count) && count > 0;

const onlyFilled = (latency: Latency): Latency =>
  Object.fromEntries(Object.entries(latency).filter(([, count]) => isFilled(count)));

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

/** The sums of one version over these slots, latencies included. */
export const tallyOver = (slots: readonly Slot[], version: 'candidate' | 'stable'): Tally =>
  slots.reduce((sum, slot) => addTallies(sum, slot[version]), emptyTally);
