import { instant, type RolloutId, type ServiceName } from '../../ids.ts';
import type { CandidateHealth, Counts, Sample, ServiceSample } from '../sample.ts';
import { foldSample, type JudgeState, type JudgeStep, startJudging } from './index.ts';

/** For tests: rollouts told as a list of samples of 5 s. */
export const web = 'web' as ServiceName;
export const api = 'api' as ServiceName;

export const canary: JudgeStep = {
  phase: 'canary',
  services: [web],
  trafficPercent: 10,
  exposureMs: 300_000,
  maximumMs: 1_800_000,
  errorLimit: 0.05,
  errorForMs: 120_000,
  latencyFactor: 3,
  baseline: null,
};

export const watching: JudgeStep = {
  ...canary,
  phase: 'watching',
  trafficPercent: 100,
  exposureMs: 0,
  maximumMs: 7_200_000,
  baseline: { [web]: { requests: 1000, errors: 5, p95Ms: 16 } },
};

export const promoting: JudgeStep = {
  ...watching,
  phase: 'promoting',
  exposureMs: 30_000,
  maximumMs: 600_000,
};

/** Bucket 32 is 16 ms; three times as much is in bucket 45. */
export const counts = (requests: number, errors = 0, bucket = 32): Counts => ({
  requests,
  errors,
  probes: 0,
  latency: requests === 0 ? {} : { [bucket]: requests },
});

export const well: CandidateHealth = { wanted: 4, healthy: 4, exits: 0, refused: 0, failedProbes: 0 };

export const service = (seen: Partial<ServiceSample>): ServiceSample => ({
  candidate: counts(25),
  stable: counts(225, 1),
  health: well,
  ...seen,
});

export function sample(number: number, services: Sample['services'], more: Partial<Sample> = {}): Sample {
  const rollout = 'rollout' as RolloutId;
  const made = { rollout, generation: 1, number, at: instant(number), durationMs: 5_000, trafficPercent: 10 };
  return { ...made, services, ...more };
}

/** So many samples of one service that say the same, each after the last of the state. */
export function after(
  from: JudgeState | JudgeStep,
  seen: Partial<ServiceSample>,
  times = 1,
  more: Partial<Sample> = {},
): JudgeState {
  let state = 'evidence' in from ? from : startJudging(from);
  const trafficPercent = state.step.trafficPercent ?? 100;
  for (let turn = 0; turn < times; turn += 1) {
    const next = sample(state.lastSample + 1, { [web]: service(seen) }, { trafficPercent, ...more });
    state = foldSample(state, next);
  }
  return state;
}
