import type { ServiceName } from '../../ids.ts';
import { bucketOf, bucketUpperMs, quantileMs } from '../latency.ts';
import type { ServiceEvidence, Tally } from './evidence.ts';
import { logThreshold } from './early-stop.ts';
import { evidence, milliseconds } from './sentences.ts';
import { addTrials, type EProcess, isEvidenceAtLeast, logEvidence, oddsOf } from './statistics/e-process.ts';
import { slowerThan, tallyOver } from './tally.ts';
import type { Baseline, Closeness, JudgeStep, Verdict } from './types.ts';

/** R4, latency: alerts, holds and asks a person (REL-9). It never takes a release back. */

/** With fewer requests nobody knows the baseline's p95. */
const fewestBaselineRequests = 59;

/** By the meaning of a p95, one request in twenty may be slower than it. */
const toleratedSlow = oddsOf(0.05);

/** The baseline in force: the frozen one, or what the stable version showed in this step. */
export const baselineOfService = (step: JudgeStep, service: ServiceName, stable: Tally): Baseline =>
  step.baseline?.[service] ?? asBaseline(stable);

export const asBaseline = (stable: Tally): Baseline => ({
  requests: stable.requests,
  errors: stable.errors,
  p95Ms: quantileMs(stable.latency, 0.95),
});

/** The bucket above which an answer is slow: the factor times the baseline's p95, up to the next bound. */
function slowAbove(step: JudgeStep, baseline: Baseline): number | null {
  if (baseline.p95Ms === null || baseline.requests < fewestBaselineRequests) return null;
  return bucketOf(step.latencyFactor * baseline.p95Ms);
}

/** The bound is the one known with this sample: what came before is not judged again by a later one. */
export function foldSlower(
  before: EProcess,
  candidate: Tally,
  baseline: Baseline,
  step: JudgeStep,
  newStarts: number,
): EProcess {
  const bound = slowAbove(step, baseline);
  if (bound === null) return before;
  const { slower, all } = slowerThan(bound, candidate.latency);
  return addTrials(before, { events: slower, trials: all, odds: toleratedSlow }, newStarts);
}

/** What R4 says of a service; null while it says nothing. */
export function speakLatency(step: JudgeStep, service: ServiceName, seen: ServiceEvidence): Verdict | null {
  if (!isEvidenceAtLeast(seen.slower, logThreshold(step))) return null;
  const { p95Ms, boundMs } = latencies(step, service, seen);
  if (p95Ms === null || boundMs === null || p95Ms <= boundMs) return null;
  const detail = `answers are slow: p95 ${milliseconds(p95Ms)}, over the ${milliseconds(boundMs)} that are ${step.latencyFactor} times the baseline`;
  return { action: 'hold', rule: 'latency', service, detail, sharedCause: false };
}

function latencies(step: JudgeStep, service: ServiceName, seen: ServiceEvidence) {
  const bound = slowAbove(step, baselineOfService(step, service, seen.stable));
  return {
    p95Ms: quantileMs(tallyOver([...seen.window, seen.filling], 'candidate').latency, 0.95),
    boundMs: bound === null ? null : bucketUpperMs(bound),
  };
}

export function latencyCloseness(step: JudgeStep, service: ServiceName, seen: ServiceEvidence): Closeness {
  const { p95Ms, boundMs } = latencies(step, service, seen);
  if (boundMs === null) {
    const { requests } = baselineOfService(step, service, seen.stable);
    return {
      rule: 'latency',
      service,
      share: 0,
      detail: `no baseline yet: ${requests} of ${fewestBaselineRequests} requests`,
    };
  }
  if (p95Ms === null)
    return {
      rule: 'latency',
      service,
      share: 0,
      detail: `no request; asks a person at ${milliseconds(boundMs)}`,
    };
  const log = logEvidence(seen.slower);
  const sure = Math.max(0, log / logThreshold(step));
  // At the bound itself nothing is slow yet, whatever the evidence.
  const share = p95Ms > boundMs ? Math.min(1, sure) : Math.min(0.99, sure, p95Ms / boundMs);
  const detail = `p95 ${milliseconds(p95Ms)}, asks a person at ${milliseconds(boundMs)}; evidence ${evidence(log)} of ${100 * step.services.length}`;
  return { rule: 'latency', service, share, detail };
}
