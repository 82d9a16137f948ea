import { later } from '../../src/domain/ids.ts';
import type { Recording } from '../../src/domain/rollout/recording.ts';
import { now, rollout } from './sample.ts';

/** One that began its canary, and was not measured yet. */
export function recording(): Recording {
  const { id, environment, version } = rollout();
  return {
    id,
    environment,
    version,
    services: [],
    policy: {
      canary: [
        { percent: 10, exposureMs: 300_000, maximumMs: 1_800_000 },
        { percent: 100, exposureMs: 0, maximumMs: 0 },
      ],
      watchMs: 7_200_000,
      errors: { limit: 0.05, forMs: 120_000 },
      latency: { factor: 3 },
      leaseMs: 30_000,
      drainMs: 30_000,
    },
    startedAt: later(now, -20_000),
    turns: [
      {
        at: later(now, -12_000),
        by: { kind: 'automation', rule: 'rollout judge' },
        sample: 0,
        generation: 2,
        phase: 'canary',
        percent: 10,
        reason: null,
        isResumed: false,
      },
    ],
    samples: [],
    next: null,
  };
}
