import type { RolloutId, ServiceName } from '../../src/domain/ids.ts';
import type { JudgeStep } from '../../src/domain/rollout/judge/index.ts';
import type { DesiredRollout } from '../../src/protocol/messages.ts';

export const rolloutId = '01900000-0000-7000-9000-000000000001' as RolloutId;
export const web = 'web' as ServiceName;

export const rollout = (generation: number, task: DesiredRollout['task'], drainMs = 200): DesiredRollout => ({
  id: rolloutId,
  generation,
  services: [web],
  task,
  drainMs,
});

/** Seconds where a real project has minutes. */
export const judgeStep: JudgeStep = {
  phase: 'canary',
  services: [web],
  exposureMs: 60_000,
  maximumMs: 600_000,
  errorLimit: 0.05,
  errorForMs: 2400,
  latencyFactor: 3,
  baseline: null,
};

export const weigh = (percent: number, leaseMs: number | null, judge: JudgeStep | null = judgeStep) =>
  ({ kind: 'weigh', percent, leaseMs, judge, sampleEveryMs: 100 }) as const;
