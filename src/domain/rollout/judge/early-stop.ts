import type { ServiceName } from '../../ids.ts';
import { errorRatio, type ServiceEvidence, type Tally } from './evidence.ts';
import { evidence, failed, percent } from './sentences.ts';
import { baselineIsAsBad, toleratedMultiple } from './shared-cause.ts';
import { addTrials, type EProcess, isEvidenceAtLeast, logEvidence, oddsOf } from './statistics/e-process.ts';
import type { Closeness, JudgeStep, Verdict } from './types.ts';

/** R2, early stop: takes back as soon as the evidence is strong enough, without waiting for F. */

/** 1/α for α = 0.01, shared out among the services under judgement (Bonferroni). */
export const logThreshold = (step: JudgeStep): number => Math.log(100 * step.services.length);
const threshold = (step: JudgeStep): number => 100 * step.services.length;

/** Evidence against the limit. `newStarts` is the weight of the starts that begin with this sample. */
export function foldAbsolute(before: EProcess, candidate: Tally, limit: number, newStarts: number): EProcess {
  const seen = { events: candidate.errors, trials: candidate.requests, odds: oddsOf(limit) };
  return addTrials(before, seen, newStarts);
}

/**
 * Evidence against the stable version, by the share of all errors that are the new version's. Conditional on how many
 * errors there were, under a tolerated multiple r and a share ρ of the traffic each is the new version's with odds
 * r·ρ/(1−ρ). ρ is what was really seen in the sample, so the sum over samples is one over intervals of constant ρ. A
 * sample in which one of both had no request cannot tell them apart.
 */
export function foldRelative(before: EProcess, candidate: Tally, stable: Tally): EProcess {
  if (candidate.requests === 0 || stable.requests === 0) return before;
  return addTrials(before, {
    events: candidate.errors,
    trials: candidate.errors + stable.errors,
    odds: (toleratedMultiple * candidate.requests) / stable.requests,
  });
}

/** At 100 % there is no stable version beside the new one: the absolute value is all there is. */
const isBeside = (step: JudgeStep): boolean => step.phase === 'canary';

/** ln of what the rule compares: both values have to reach the threshold, so the smaller. */
export function logEarlyStop(step: JudgeStep, seen: ServiceEvidence): number {
  const absolute = logEvidence(seen.absolute);
  return isBeside(step) ? Math.min(absolute, logEvidence(seen.relative)) : absolute;
}

/** Whether either value is at `log` or above. */
export const isAnyEvidenceAtLeast = (step: JudgeStep, seen: ServiceEvidence, log: number): boolean =>
  isEvidenceAtLeast(seen.absolute, log) || (isBeside(step) && isEvidenceAtLeast(seen.relative, log));

/** ln of the larger: no value above 10 may stand when a step advances. */
export function logAnyEvidence(step: JudgeStep, seen: ServiceEvidence): number {
  const absolute = logEvidence(seen.absolute);
  return isBeside(step) ? Math.max(absolute, logEvidence(seen.relative)) : absolute;
}

/** What R2 says of a service; null while it says nothing. */
export function speakEarlyStop(step: JudgeStep, service: ServiceName, seen: ServiceEvidence): Verdict | null {
  if (!isEvidenceAtLeast(seen.absolute, logThreshold(step))) return null;
  const baseline = step.baseline?.[service] ?? seen.stable;
  if (baselineIsAsBad(seen.candidate, baseline, step.errorLimit)) {
    const detail = `${failed(seen.candidate)}, and so did ${failed(baseline)} of the baseline: the cause is shared, the release is not to blame`;
    return { action: 'hold', rule: 'early stop', service, detail, sharedCause: true };
  }
  if (logEarlyStop(step, seen) < logThreshold(step)) return null;
  return { action: 'take back', rule: 'early stop', service, detail: earlyStopSentence(step, seen) };
}

function earlyStopSentence(step: JudgeStep, seen: ServiceEvidence): string {
  const stableRatio = errorRatio(seen.stable);
  const beside = isBeside(step) && stableRatio !== null ? ` beside ${percent(stableRatio)} of stable` : '';
  return `surely worse than ${percent(step.errorLimit)} errors: ${failed(seen.candidate)}${beside}; ${evidenceSentence(step, seen)}`;
}

const evidenceSentence = (step: JudgeStep, seen: ServiceEvidence): string =>
  `evidence ${evidence(logEarlyStop(step, seen))} of ${threshold(step)}`;

export function earlyStopCloseness(step: JudgeStep, service: ServiceName, seen: ServiceEvidence): Closeness {
  const share = Math.min(1, Math.max(0, logEarlyStop(step, seen) / logThreshold(step)));
  return { rule: 'early stop', service, share, detail: evidenceSentence(step, seen) };
}
