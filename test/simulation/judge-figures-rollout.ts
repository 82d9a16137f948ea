import { instant, type RolloutId, type ServiceName } from '../../src/domain/ids.ts';
import {
  baselineOf,
  foldSample,
  type JudgeState,
  type JudgeStep,
  type RuleName,
  startJudging,
  verdictOf,
} from '../../src/domain/rollout/judge/index.ts';
import { bucketOf } from '../../src/domain/rollout/latency.ts';
import type { Counts, Sample } from '../../src/domain/rollout/sample.ts';
import { type Chance, poisson } from '../../src/simulate/chance.ts';

/** One rollout in virtual time: 10 % for 5 minutes of exposure, then 100 %, watched for 2 hours; F is 2 minutes. */
export interface Traffic {
  /** Requests per second of the new version at 10 %; at 100 % it has ten times as many. */
  readonly requestsPerSecond: number;
  /** True error ratio of the new version, by the time since the rollout began. */
  readonly errorRatio: (elapsedMs: number) => number;
  readonly stableErrorRatio: number;
  /** How many times as long as the stable version the new one takes to answer. */
  readonly latencyTimes: number;
}

export interface Ending {
  readonly outcome: 'advanced' | 'held' | 'rolled back';
  readonly rule: RuleName | null;
  /** When it was decided; of `advanced`, when the canary ended. */
  readonly atMs: number;
  readonly advancedAtMs: number | null;
}

export const sampleMs = 5_000;
export const watchMs = 2 * 3_600_000;
const service = 'web' as ServiceName;
const percentAtFirst = 10;

const rules = { services: [service], errorLimit: 0.05, errorForMs: 120_000, latencyFactor: 3 };

export const canaryStep: JudgeStep = {
  ...rules,
  phase: 'canary',
  trafficPercent: percentAtFirst,
  exposureMs: 300_000,
  maximumMs: 1_800_000,
  baseline: null,
};

const stepAfter = (phase: 'promoting' | 'watching', state: JudgeState): JudgeStep => ({
  ...rules,
  phase,
  trafficPercent: 100,
  exposureMs: phase === 'promoting' ? 30_000 : 0,
  maximumMs: phase === 'promoting' ? 600_000 : watchMs,
  baseline: baselineOf(state),
});

/** Traffic of one sample, counted as the agent would. */
export function sampleOf(chance: Chance, traffic: Traffic, number: number, percent: number): Sample {
  const seconds = sampleMs / 1000;
  const all = (traffic.requestsPerSecond * 100 * seconds) / percentAtFirst;
  const ratio = traffic.errorRatio((number - 1) * sampleMs);
  return {
    rollout: 'simulated' as RolloutId,
    generation: 1,
    number,
    at: instant(number * sampleMs),
    durationMs: sampleMs,
    trafficPercent: percent,
    services: {
      [service]: {
        candidate: counts(chance, (all * percent) / 100, ratio, traffic.latencyTimes),
        stable: counts(chance, (all * (100 - percent)) / 100, traffic.stableErrorRatio, 1),
        health: { wanted: 4, healthy: 4, exits: 0, refused: 0, failedProbes: 0 },
      },
    },
  };
}

const nothing: Counts = { requests: 0, errors: 0, probes: 0, latency: {} };

/** Where the quicker way of drawing begins to win. */
const rejectionFrom = 12;

/** Answers take 8 ms, one in ten 16 ms. Only buckets that are not empty, as the agent counts. */
function latencyOf(fast: number, slow: number, times: number): Counts['latency'] {
  if (times === 1 && fast > 0 && slow > 0) return { 24: fast, 32: slow };
  const latency: Record<number, number> = {};
  if (fast > 0) latency[bucketOf(8 * times)] = fast;
  if (slow > 0) latency[bucketOf(16 * times)] = slow;
  return latency;
}

/** Errors and good answers are independent Poisson counts: the same as errors drawn from a Poisson count. */
function counts(chance: Chance, mean: number, errorRatio: number, latencyTimes: number): Counts {
  if (mean === 0) return nothing;
  const draw = (share: number): number => poisson(chance, mean * share, rejectionFrom);
  const errors = draw(errorRatio);
  const slow = draw((1 - errorRatio) * 0.1);
  const fast = errors + draw((1 - errorRatio) * 0.9);
  return { requests: slow + fast, errors, probes: 0, latency: latencyOf(fast, slow, latencyTimes) };
}

/**
 * The whole rollout under the product's own judge. One that is held stays held, and armed, for two hours more: a rule
 * may still take it back, nobody resumes it.
 */
export function simulateRollout(chance: Chance, traffic: Traffic): Ending {
  let [state, phaseSinceMs, percent] = [startJudging(canaryStep), 0, percentAtFirst];
  let [heldAt, advancedAtMs, endMs]: [Ending | null, number | null, number] = [null, null, Infinity];
  for (let number = 1; ; number += 1) {
    const nowMs = number * sampleMs;
    state = foldSample(state, sampleOf(chance, traffic, number, percent));
    // What is held is held already: from then on only a rule that takes back is listened to.
    const verdict = verdictOf(state, heldAt === null ? nowMs - phaseSinceMs : 0);
    if (verdict.action === 'take back')
      return { outcome: 'rolled back', rule: verdict.rule, atMs: nowMs, advancedAtMs };
    if (verdict.action === 'hold' && heldAt === null) {
      heldAt = { outcome: 'held', rule: verdict.rule, atMs: nowMs, advancedAtMs };
      endMs = Math.min(endMs, nowMs + watchMs);
    }
    if (verdict.action === 'advance' && heldAt === null) {
      const isCanary = state.step.phase === 'canary';
      advancedAtMs ??= nowMs;
      if (!isCanary) endMs = nowMs + watchMs;
      state = startJudging(stepAfter(isCanary ? 'promoting' : 'watching', state));
      [phaseSinceMs, percent] = [nowMs, 100];
    }
    if (nowMs >= endMs) return heldAt ?? { outcome: 'advanced', rule: null, atMs: nowMs, advancedAtMs };
  }
}
