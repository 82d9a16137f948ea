import { writtenMs } from './duration.ts';
import { baselineFactor, errorRatioLimit } from './limit.ts';
import type { CanaryStep, RolloutPolicy } from './types.ts';
import type { WrittenRollout } from './written.ts';

/** When a step that gathers no evidence is held, unless it declares a maximum. */
export const usualMaximumMs = (exposureMs: number): number => 6 * exposureMs;

/** Limits that hold where the file names none: what the runbook's rules say (REL-9, REL-11). */
const defaults = {
  watchMs: 2 * 3_600_000,
  errors: { limit: 0.05, forMs: 120_000 },
  latencyFactor: 3,
  leaseMs: 30_000,
  drainMs: 30_000,
} as const;

export function fillRollout(written: WrittenRollout): RolloutPolicy {
  const errors = written.rollback?.find((rule) => rule.errors !== undefined);
  const latency = written.ask?.[0]?.p95;
  return {
    canary: written.canary.map(fillCanaryStep),
    watchMs: writtenMs(written.watch, defaults.watchMs),
    errors: {
      limit: errorRatioLimit(errors?.errors ?? '') ?? defaults.errors.limit,
      forMs: writtenMs(errors?.for, defaults.errors.forMs),
    },
    latency: { factor: baselineFactor(latency ?? '') ?? defaults.latencyFactor },
    leaseMs: writtenMs(written.lease, defaults.leaseMs),
    drainMs: writtenMs(written.drain, defaults.drainMs),
  };
}

function fillCanaryStep(written: WrittenRollout['canary'][number]): CanaryStep {
  const exposureMs = writtenMs(written.for, 0);
  return {
    percent: written.percent,
    exposureMs,
    maximumMs: writtenMs(written.maximum, usualMaximumMs(exposureMs)),
  };
}
