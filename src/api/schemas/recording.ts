import { type Static, Type } from 'typebox';
import type { RolloutId } from '../../domain/ids.ts';
import type { CanaryStep, RolloutPolicy } from '../../domain/project-file/types.ts';
import type { Recording } from '../../domain/rollout/recording.ts';
import type { Counts, Sample } from '../../domain/rollout/sample.ts';
import type { RolloutPhase } from '../../domain/rollout/types.ts';
import { actor } from './actor.ts';
import { variant } from './environment.ts';
import { holdReason, takeBackReason } from './rollout-state.ts';
import type { Same } from './same.ts';
import {
  count,
  durationMs,
  environmentName,
  instantMs,
  listOf,
  nullable,
  oneOf,
  percent,
  ratio,
  recordOf,
  ref,
  serviceName,
  text,
  uuid,
} from './shapes.ts';

const counts = Type.Object({
  requests: count,
  errors: count,
  probes: count,
  latency: Type.Unsafe<Counts['latency']>({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Requests by bucket; bucket i ends at 2^(i/8) ms',
  }),
});

export const sample = Type.Object(
  {
    rollout: uuid<RolloutId>('Rollout'),
    generation: count,
    number: count,
    at: instantMs,
    durationMs,
    trafficPercent: percent,
    services: recordOf(
      serviceName,
      Type.Object({
        candidate: nullable(counts),
        stable: nullable(counts),
        health: Type.Object({
          wanted: count,
          healthy: count,
          exits: count,
          refused: count,
          failedProbes: count,
        }),
      }),
    ),
  },
  { $id: 'Sample', description: 'One measurement of a rollout: what happened within it' },
);
true satisfies Same<Static<typeof sample>, Sample>;

const canaryStep = Type.Object({ percent, exposureMs: durationMs, maximumMs: durationMs });
true satisfies Same<Static<typeof canaryStep>, CanaryStep>;

export const rolloutPolicy = Type.Object(
  {
    canary: listOf(canaryStep),
    watchMs: durationMs,
    errors: Type.Object({ limit: ratio, forMs: durationMs }),
    latency: Type.Object({ factor: Type.Number() }),
    leaseMs: durationMs,
    drainMs: durationMs,
  },
  { $id: 'RolloutPolicy', description: 'The rules of a rollout, with every default filled in' },
);
true satisfies Same<Static<typeof rolloutPolicy>, RolloutPolicy>;

const phases = [
  'preflight',
  'canary',
  'promoting',
  'watching',
  'held',
  'rolling back',
  'rolled back',
  'rollback failed',
  'succeeded',
  'superseded',
] as const satisfies readonly RolloutPhase[];

export const recording = Type.Object(
  {
    id: uuid<RolloutId>('Rollout'),
    environment: environmentName,
    version: text,
    services: listOf(Type.Object({ service: serviceName, from: nullable(ref(variant)), to: ref(variant) })),
    policy: nullable(ref(rolloutPolicy)),
    startedAt: instantMs,
    turns: listOf(
      Type.Object({
        at: instantMs,
        by: ref(actor),
        sample: count,
        generation: count,
        phase: oneOf(phases),
        percent,
        reason: nullable(Type.Union([ref(holdReason), ref(takeBackReason)])),
        isResumed: Type.Boolean(),
      }),
    ),
    samples: listOf(ref(sample)),
    next: nullable(count),
  },
  {
    $id: 'Recording',
    description: 'What a rollout was judged by and what was decided, a page of samples at a time',
  },
);
true satisfies Same<Static<typeof recording>, Recording>;
