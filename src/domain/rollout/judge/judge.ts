import type { ServiceName } from '../../ids.ts';
import { advanceCloseness, speakAdvance } from './advance.ts';
import { contractCloseness, speakContract } from './contract.ts';
import { earlyStopCloseness, speakEarlyStop } from './early-stop.ts';
import type { ServiceEvidence } from './evidence.ts';
import { figuresOf } from './figures.ts';
import { healthCloseness, speakHealth } from './health.ts';
import { asBaseline, latencyCloseness, speakLatency } from './slow-answers.ts';
import type { Baseline, Closeness, Judgement, JudgeState, ServiceFigures, Verdict } from './types.ts';

/** In the order in which they win: R3, R2, R1, R4. R5 comes after all of them. */
const rules = [speakHealth, speakEarlyStop, speakContract, speakLatency];

/**
 * What the rules say of the evidence. One that takes back wins over one that holds, of whatever service; among
 * those that want the same, the order of the rules decides, then that of the services.
 */
export function verdictOf(state: JudgeState, elapsedMs: number): Verdict {
  let held: Verdict | null = null;
  for (const rule of rules) {
    for (const service of state.step.services) {
      const seen = state.evidence[service];
      const said = seen === undefined ? null : rule(state.step, service, seen);
      if (said?.action === 'take back') return said;
      held ??= said;
    }
  }
  return held ?? speakAdvance(state, elapsedMs);
}

/**
 * The verdict, how near each rule is to speaking, and the figures. `elapsedMs` is how long the step has taken, time
 * without evidence included. A verdict of `advance` is meant for a step that runs: one that is held leaves by a person, or
 * by a rule that takes it back. While watching the judge never says `advance`: the clock ends it.
 */
export function judge(state: JudgeState, elapsedMs: number): Judgement {
  const services: Record<ServiceName, ServiceFigures> = {};
  const closeness: Closeness[] = [];
  for (const [service, seen] of evidenceOf(state)) {
    services[service] = figuresOf(state.step, service, seen);
    closeness.push(...closenessOf(state, service, seen, elapsedMs));
  }
  return {
    verdict: verdictOf(state, elapsedMs),
    closeness,
    services,
    exposureMs: exposureMsOf(state),
    elapsedMs,
  };
}

const evidenceOf = (state: JudgeState): readonly (readonly [ServiceName, ServiceEvidence])[] =>
  state.step.services.flatMap((service) => {
    const seen = state.evidence[service];
    return seen === undefined ? [] : [[service, seen] as const];
  });

/** In the order of the board: what goes on first, then what takes back, then what asks. */
const closenessOf = (
  { step, foldedMs }: JudgeState,
  service: ServiceName,
  seen: ServiceEvidence,
  elapsedMs: number,
): readonly Closeness[] => [
  advanceCloseness(step, service, seen, elapsedMs),
  contractCloseness(step, service, seen),
  earlyStopCloseness(step, service, seen),
  healthCloseness(step, service, seen, foldedMs),
  latencyCloseness(step, service, seen),
];

const exposureMsOf = (state: JudgeState): number => {
  const exposures = evidenceOf(state).map(([, seen]) => seen.exposureMs);
  return exposures.length === 0 ? 0 : Math.min(...exposures);
};

/**
 * What the stable version showed, to judge the new one by once it has all traffic. Freeze it at the end of the canary;
 * a step that has a frozen baseline hands the same on.
 */
export function baselineOf(state: JudgeState): Record<ServiceName, Baseline> {
  const frozen: Record<ServiceName, Baseline> = {};
  for (const [service, seen] of evidenceOf(state))
    frozen[service] = state.step.baseline?.[service] ?? asBaseline(seen.stable);
  return frozen;
}
