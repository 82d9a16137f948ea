import type { ServiceName } from '../../ids.ts';
import type { Breach, ContractEvidence, ContractReading, Ratio, ServiceEvidence, Slot } from './evidence.ts';
import { failed, percent, percentDown, span, time, timeOf } from './sentences.ts';
import { baselineIsAsBad } from './shared-cause.ts';
import { lowerBound, surelyOver } from './statistics/binomial-bounds.ts';
import { addRatios } from './tally.ts';
import type { Closeness, JudgeStep, Verdict } from './types.ts';

/**
 * R1, the contract (REL-9): errors over the limit for F. Windows of F/4 are read every F/24. A breach that lasts F
 * takes the release back where it is sure, and holds where it may be noise: armed for two hours over little traffic,
 * the bare rule would take back every fourth healthy release.
 */
const breachRisk = 0.001;

/** The rule's slots and window for its F. */
export const slotMs = (step: JudgeStep): number => step.errorForMs / 24;
export const windowMs = (step: JudgeStep): number => step.errorForMs / 4;

/** Reads the window that ends with this slot. 0/0 and what could not be measured are unknown, never OK. */
export function readContract(newest: Slot, window: readonly Slot[], limit: number): ContractReading {
  if (newest.measuredMs === 0) return 'unknown';
  const seen = ratioOver(window, 'candidate');
  if (seen.requests === 0) return 'unknown';
  return seen.errors / seen.requests > limit ? 'breach' : 'ok';
}

/** Carries the breach on: OK ends it, UNKNOWN leaves it as it is. */
export function foldContract(
  before: ContractEvidence,
  reading: ContractReading,
  window: readonly Slot[],
): ContractEvidence {
  switch (reading) {
    case 'unknown':
      return { last: reading, breach: before.breach };
    case 'ok':
      return { last: reading, breach: null };
    case 'breach':
      return {
        last: reading,
        breach: before.breach === null ? begin(window) : lengthen(before.breach, window),
      };
  }
}

/**
 * The first reading says that it began, and brings the whole of its window. Its newest slot alone would be chosen for
 * its errors: counted so, the simulation took back three times as many healthy releases.
 */
const begin = (window: readonly Slot[]): Breach => ({
  forMs: 0,
  candidate: ratioOver(window, 'candidate'),
  stable: ratioOver(window, 'stable'),
});

function lengthen(breach: Breach, window: readonly Slot[]): Breach {
  const newest = window.slice(-1);
  return {
    forMs: breach.forMs + (newest[0]?.durationMs ?? 0),
    candidate: addRatios(breach.candidate, ratioOver(newest, 'candidate')),
    stable: addRatios(breach.stable, ratioOver(newest, 'stable')),
  };
}

function ratioOver(slots: readonly Slot[], version: 'candidate' | 'stable'): Ratio {
  let [requests, errors] = [0, 0];
  for (const slot of slots) {
    requests += slot[version].requests;
    errors += slot[version].errors;
  }
  return { requests, errors };
}

/** What R1 says of a service; null while it says nothing. */
export function speakContract(step: JudgeStep, service: ServiceName, seen: ServiceEvidence): Verdict | null {
  const { breach } = seen.contract;
  if (breach === null || breach.forMs < step.errorForMs) return null;
  const shared = baselineIsAsBad(
    breach.candidate,
    step.baseline?.[service] ?? breach.stable,
    step.errorLimit,
  );
  const isSure = isSurelyOver(breach, step);
  const detail = contractSentence(breach, step);
  if (isSure && !shared) return { action: 'take back', rule: 'contract', service, detail };
  const why = shared
    ? 'the baseline is as bad: the cause is shared, the release is not to blame'
    : 'that may still be chance: too few requests or too close to the limit to know';
  return { action: 'hold', rule: 'contract', service, detail: `${detail}; ${why}`, sharedCause: shared };
}

const isSurelyOver = (breach: Breach, step: JudgeStep): boolean =>
  surelyOver(breach.candidate.errors, breach.candidate.requests, step.errorLimit, breachRisk);

function contractSentence(breach: Breach, step: JudgeStep): string {
  const { requests, errors } = breach.candidate;
  const sure = percentDown(lowerBound(errors, requests, breachRisk));
  const rule = `errors over ${percent(step.errorLimit)} for ${span(step.errorForMs)}`;
  return `${rule}: in breach for ${time(breach.forMs)}, ${failed(breach.candidate)}, surely over ${sure}`;
}

export function contractCloseness(step: JudgeStep, service: ServiceName, seen: ServiceEvidence): Closeness {
  const { breach, last } = seen.contract;
  const unknown = last === 'unknown' ? '; cannot tell at the moment' : '';
  if (breach === null) return { rule: 'contract', service, share: 0, detail: `0 s in breach${unknown}` };
  const length = Math.min(1, breach.forMs / step.errorForMs);
  const share = length < 1 || isSurelyOver(breach, step) ? length : 0.99;
  const detail = `${timeOf(breach.forMs, step.errorForMs)} in breach; ${failed(breach.candidate)}${unknown}`;
  return { rule: 'contract', service, share, detail };
}
