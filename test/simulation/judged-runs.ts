import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../src/domain/canonical.ts';
import { instant, type RolloutId, type ServiceName } from '../../src/domain/ids.ts';
import {
  baselineOf,
  foldSample,
  judge,
  type JudgeStep,
  startJudging,
  verdictOf,
} from '../../src/domain/rollout/judge/index.ts';
import type { Counts, Sample, ServiceSample } from '../../src/domain/rollout/sample.ts';
import { type Chance, chanceFrom, poisson } from '../../src/simulate/chance.ts';

/** A run as hard on the judge as one can be: gaps, words that are no counts, restarts, uneven samples, two services. */
export interface HardRun {
  readonly name: string;
  readonly requestsPerSecond: number;
  readonly errorRatio: (sample: number) => number;
  readonly stableErrorRatio: number;
  readonly slowRatio: number;
}

const always = (ratio: number) => () => ratio;
const from = (start: number, ratio: number) => (sample: number) => (sample < start ? 0.005 : ratio);

export const hardRuns: readonly HardRun[] = [
  {
    name: 'quiet',
    requestsPerSecond: 0.5,
    errorRatio: always(0.01),
    stableErrorRatio: 0.01,
    slowRatio: 0.03,
  },
  { name: 'close', requestsPerSecond: 3, errorRatio: always(0.045), stableErrorRatio: 0.04, slowRatio: 0.04 },
  {
    name: 'clean',
    requestsPerSecond: 30,
    errorRatio: always(0.002),
    stableErrorRatio: 0.002,
    slowRatio: 0.02,
  },
  {
    name: 'late',
    requestsPerSecond: 8,
    errorRatio: from(700, 0.09),
    stableErrorRatio: 0.01,
    slowRatio: 0.02,
  },
  { name: 'slow', requestsPerSecond: 6, errorRatio: always(0.01), stableErrorRatio: 0.01, slowRatio: 0.3 },
  { name: 'shared', requestsPerSecond: 6, errorRatio: always(0.1), stableErrorRatio: 0.11, slowRatio: 0.02 },
];

const services = ['web', 'orders'] as ServiceName[];
const rules = { services, errorLimit: 0.05, errorForMs: 120_000, latencyFactor: 3 };
const canary: JudgeStep = {
  ...rules,
  phase: 'canary',
  trafficPercent: 10,
  exposureMs: 300_000,
  maximumMs: 1_800_000,
  baseline: null,
};

/**
 * Judges the run from canary to watching and returns a digest of every word the judge says, figures and closeness
 * included, and of its states: two judges with the same digest are the same to the last bit.
 */
export function digestOf(run: HardRun, seed: number): string {
  const hash = createHash('sha256');
  const chance = chanceFrom(seed);
  let [state, sinceMs, nowMs] = [startJudging(canary), 0, 0];
  for (let number = 1; number <= 1500; number += 1) {
    const sample = sampleOf(chance, run, number, state.step.phase === 'canary' ? 10 : 100);
    nowMs += sample.durationMs;
    state = foldSample(state, sample);
    const verdict = verdictOf(state, nowMs - sinceMs);
    hash.update(bytesOf(verdict));
    if (number % 9 === 0) hash.update(bytesOf(judge(state, nowMs - sinceMs)));
    if (number % 50 === 0) hash.update(bytesOf(state));
    if (verdict.action !== 'advance') continue;
    const phase = state.step.phase === 'canary' ? 'promoting' : 'watching';
    const exposureMs = phase === 'promoting' ? 30_000 : 0;
    const step = { ...rules, phase, trafficPercent: 100, exposureMs, maximumMs: 7_200_000 } as const;
    [state, sinceMs] = [startJudging({ ...step, baseline: baselineOf(state) }), nowMs];
  }
  return hash.update(bytesOf(state)).digest('hex').slice(0, 16);
}

/** What the judge says and keeps is plain data. */
const bytesOf = (value: unknown): string => canonicalJson(value as Json);

function sampleOf(chance: Chance, run: HardRun, number: number, percent: number): Sample {
  const durationMs = 2_000 + Math.floor(chance() * 4_000);
  return {
    rollout: 'hard' as RolloutId,
    generation: 1,
    number,
    at: instant(number),
    durationMs,
    trafficPercent: chance() < 0.03 ? 0 : percent,
    services: Object.fromEntries(
      services.map((name) => [name, service(chance, run, number, durationMs, percent)]),
    ),
  };
}

function service(
  chance: Chance,
  run: HardRun,
  number: number,
  durationMs: number,
  percent: number,
): ServiceSample {
  const all = (run.requestsPerSecond * 10 * durationMs) / 1000;
  const candidate = counts(chance, (all * percent) / 100, run.errorRatio(number), run.slowRatio);
  const stable = counts(chance, (all * (100 - percent)) / 100, run.stableErrorRatio, 0.02);
  const failed = number > 600 && chance() < 0.0004 ? 1 : 0;
  return {
    candidate: chance() < 0.04 ? null : candidate,
    stable: chance() < 0.02 ? null : stable,
    health: { wanted: 4, healthy: 4 - failed, exits: failed, refused: failed, failedProbes: 0 },
  };
}

function counts(chance: Chance, mean: number, errorRatio: number, slowRatio: number): Counts {
  const errors = poisson(chance, mean * errorRatio);
  const fast = poisson(chance, mean * (1 - errorRatio) * (1 - slowRatio) * 0.8);
  const usual = poisson(chance, mean * (1 - errorRatio) * (1 - slowRatio) * 0.2);
  const slow = poisson(chance, mean * (1 - errorRatio) * slowRatio);
  const requests = chance() < 0.01 ? Number.NaN : errors + fast + usual + slow;
  return { requests, errors, probes: 0, latency: { 32: fast, 47: usual, 51: errors, 70: slow } };
}
