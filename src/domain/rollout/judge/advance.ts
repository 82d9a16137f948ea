import type { ServiceName } from '../../ids.ts';
import { isAnyEvidenceAtLeast, logAnyEvidence } from './early-stop.ts';
import { errorRatio, type ServiceEvidence } from './evidence.ts';
import { count, counted, evidence, failed, percent, percentUp, span, time, timeOf } from './sentences.ts';
import { fewestWithoutError, surelyAtMost, upperBound } from './statistics/binomial-bounds.ts';
import { isEvidenceAtLeast, logEvidence } from './statistics/e-process.ts';
import type { Closeness, JudgeState, JudgeStep, Verdict } from './types.ts';

/** R5, advance: enough was seen, and nothing in it speaks against the release. Never by default. */
const advanceRisk = 0.05;
const logHighestEvidence = Math.log(10);

/** Six times the exposure where the step declares none, and never less than six times F. */
export const maximumMsOf = (step: JudgeStep): number =>
  step.maximumMs > 0 ? step.maximumMs : 6 * Math.max(step.exposureMs, step.errorForMs);

/** Written out only where somebody will read it: its bounds cost more than all the rest of a sample. */
type Reason = () => string;

/** Why a service is not ready for the next step; null when it is. */
function obstacle(step: JudgeStep, seen: ServiceEvidence): Reason | null {
  const { last, breach } = seen.contract;
  const total = seen.candidate;
  if (step.phase === 'canary' && total.requests === 0)
    return () => 'no request of the new version was measured';
  if (breach !== null) return () => `errors are over ${percent(step.errorLimit)} at the moment`;
  if (
    isAnyEvidenceAtLeast(step, seen, logHighestEvidence) ||
    isEvidenceAtLeast(seen.slower, logHighestEvidence)
  )
    return () => suspicion(step, seen);
  if (step.phase === 'canary') {
    if (!surelyAtMost(total.errors, total.requests, step.errorLimit, advanceRisk))
      return () => ratioSentence(step, seen);
    if (last !== 'ok') return () => 'the new version cannot be measured at the moment';
  }
  return seen.exposureMs < step.exposureMs ? () => exposureSentence(step, seen) : null;
}

function suspicion(step: JudgeStep, seen: ServiceEvidence): string {
  const worst = Math.max(logAnyEvidence(step, seen), logEvidence(seen.slower));
  const figures = `evidence ${evidence(worst)}, at most 10 may stand`;
  if (logEvidence(seen.slower) === worst) return `answers are suspiciously slow (${figures})`;
  const ratio = errorRatio(seen.stable);
  const beside =
    step.phase === 'canary' && ratio !== null ? ` beside ${percent(ratio)} of the stable version` : '';
  return `errors are suspiciously many: ${failed(seen.candidate)}${beside} (${figures})`;
}

/** Says which it is: over the limit, too close to it, or too few requests. */
function ratioSentence(step: JudgeStep, seen: ServiceEvidence): string {
  const { requests, errors } = seen.candidate;
  const limit = step.errorLimit;
  const ratio = errors / requests;
  const sure = `errors are surely under no less than ${percentUp(upperBound(errors, requests, advanceRisk))}`;
  if (ratio > limit) return `${failed(seen.candidate)}, over the limit of ${percent(limit)}, but not surely`;
  const fewest = fewestWithoutError(limit, advanceRisk);
  if (requests < fewest)
    return `traffic is too thin to know: ${counted(requests, 'request')}, and ${count(fewest)} are the fewest that show errors under ${percent(limit)}`;
  if (ratio > limit / 2)
    return `${failed(seen.candidate)}, ${sure}: the limit of ${percent(limit)} is too close to know`;
  return `traffic is too thin to know: ${failed(seen.candidate)}, ${sure}, the limit is ${percent(limit)}`;
}

const exposureSentence = (step: JudgeStep, seen: ServiceEvidence): string =>
  `only ${timeOf(seen.exposureMs, step.exposureMs)} were seen without a breach`;

/** What R5 says of the whole step. */
export function speakAdvance(state: JudgeState, elapsedMs: number): Verdict {
  const { step } = state;
  if (step.phase === 'watching') return { action: 'continue' };
  const mayHold = elapsedMs >= maximumMsOf(step);
  if (!mayHold && !isExposed(state)) return { action: 'continue' };
  const stuck = firstObstacle(state);
  if (stuck === null) return { action: 'advance', detail: advanceDetail(state) };
  if (!mayHold) return { action: 'continue' };
  const detail = `not enough evidence in ${span(maximumMsOf(step))}: ${stuck.reason()}`;
  return { action: 'hold', rule: 'advance', service: stuck.service, detail, sharedCause: false };
}

/** Without its exposure a step does not advance, whatever else there is to say: most samples need no more than this. */
const isExposed = ({ step, evidence }: JudgeState): boolean =>
  step.services.every((service) => (evidence[service]?.exposureMs ?? step.exposureMs) >= step.exposureMs);

function firstObstacle(state: JudgeState): { service: ServiceName; reason: Reason } | null {
  for (const service of state.step.services) {
    const seen = state.evidence[service];
    const reason = seen === undefined ? null : obstacle(state.step, seen);
    if (reason !== null) return { service, reason };
  }
  return null;
}

/** The service that was seen least speaks for the step. */
function advanceDetail({ step, evidence }: JudgeState): string {
  const [least] = Object.values<ServiceEvidence>(evidence).toSorted((a, b) => a.exposureMs - b.exposureMs);
  return least === undefined ? 'nothing to judge' : seenSentence(step, least);
}

function seenSentence(step: JudgeStep, seen: ServiceEvidence): string {
  const { requests, errors } = seen.candidate;
  const sure =
    requests === 0
      ? 'no request yet'
      : `errors surely under ${percentUp(upperBound(errors, requests, advanceRisk))}`;
  if (step.exposureMs === 0) return `${time(seen.exposureMs)} seen; ${sure}`;
  return `${timeOf(Math.min(seen.exposureMs, step.exposureMs), step.exposureMs)} seen; ${sure}`;
}

export function advanceCloseness(
  step: JudgeStep,
  service: ServiceName,
  seen: ServiceEvidence,
  elapsedMs: number,
): Closeness {
  if (step.phase === 'watching') return watchCloseness(step, service, seen, elapsedMs);
  const needed = step.exposureMs === 0 ? 1 : Math.min(1, seen.exposureMs / step.exposureMs);
  const reason = obstacle(step, seen);
  if (reason === null) return { rule: 'advance', service, share: 1, detail: seenSentence(step, seen) };
  const isWaiting = needed < 1 && seen.contract.breach === null;
  const detail = isWaiting ? seenSentence(step, seen) : `${seenSentence(step, seen)}; ${reason()}`;
  return { rule: 'advance', service, share: Math.min(0.99, needed), detail };
}

/** Watching ends by the clock; what counts is how much of it was observed. */
function watchCloseness(
  step: JudgeStep,
  service: ServiceName,
  seen: ServiceEvidence,
  elapsedMs: number,
): Closeness {
  const share = step.maximumMs > 0 ? Math.min(1, elapsedMs / step.maximumMs) : 0;
  const watched = step.maximumMs > 0 ? timeOf(elapsedMs, step.maximumMs) : time(elapsedMs);
  return {
    rule: 'advance',
    service,
    share,
    detail: `${watched} watched; ${time(seen.observedMs)} of it observed`,
  };
}
