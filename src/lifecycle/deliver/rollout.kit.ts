import { digestOf } from '../../domain/canonical.ts';
import {
  type EnvironmentId,
  instant,
  later,
  type ProjectId,
  type PromotionId,
  type ReleaseId,
  type RolloutId,
  type ServiceName,
} from '../../domain/ids.ts';
import type { RolloutPolicy } from '../../domain/project-file/types.ts';
import type { Counts, Sample } from '../../domain/rollout/sample.ts';
import type { Rollout, RolloutState, Variant } from '../../domain/rollout/types.ts';
import type { Observation, ObservedRollout } from '../../protocol/messages.ts';
import type { RolloutFacts } from './decide-rollout.ts';
import { enterFirstStep } from './transitions.ts';

export const web = 'web' as ServiceName;
export const start = instant(1_000_000);
/** When the decision is made that a test asks for. */
export const now = later(start, 60_000);

export const policy: RolloutPolicy = {
  canary: [
    { percent: 10, exposureMs: 300_000, maximumMs: 1_800_000 },
    { percent: 50, exposureMs: 60_000, maximumMs: 600_000 },
    { percent: 100, exposureMs: 0, maximumMs: 0 },
  ],
  watchMs: 7_200_000,
  errors: { limit: 0.05, forMs: 120_000 },
  latency: { factor: 3 },
  leaseMs: 30_000,
  drainMs: 30_000,
};

const variant = (version: string): Variant => ({
  release: version as ReleaseId,
  version,
  artifact: digestOf(version),
});

/** 1.1.0 over 1.0.0 by canary, in this state. */
export const aRollout = (state: RolloutState, other: Partial<Rollout> = {}): Rollout => ({
  id: 'rollout' as RolloutId,
  project: 'project' as ProjectId,
  environment: 'environment' as EnvironmentId,
  promotion: 'promotion' as PromotionId,
  services: [{ service: web, from: variant('1.0.0'), to: variant('1.1.0') }],
  policy,
  reasonAllAtOnce: null,
  generation: 1,
  state,
  judge: null,
  lastSample: 0,
  judgement: null,
  sampledMs: 0,
  smoke: null,
  startedAt: start,
  ...other,
});

export const preflight = aRollout({ phase: 'preflight', since: start });
/** In its first step, with a judge and no evidence. */
export const inCanary = enterFirstStep(preflight, start);
export const allAtOnce = (state: RolloutState): Rollout =>
  aRollout(state, { policy: null, reasonAllAtOnce: 'first' });

/** What an agent says that does what this rollout asks of it. */
export const seen = (rollout: Rollout, other: Partial<ObservedRollout> = {}): ObservedRollout => ({
  id: rollout.id,
  generation: rollout.generation,
  effectivePercent: 10,
  lease: 'held',
  preflight: null,
  takenBack: null,
  backDone: false,
  ...other,
});

export const observed = (rollout: ObservedRollout | null, other: Partial<Observation> = {}): Observation => ({
  environment: 'environment' as EnvironmentId,
  revision: 7,
  converged: true,
  services: [],
  rollout,
  isolation: { level: 'none', detail: '' },
  troubles: [],
  ...other,
});

/** Nothing new from an agent that is there. */
export const factsAbout = (rollout: Rollout, other: Partial<RolloutFacts> = {}): RolloutFacts => ({
  rollout,
  observation: observed(seen(rollout)),
  revision: 7,
  samples: [],
  agentSilentMs: 1_000,
  inPhaseMs: 1_000,
  watchLeftMs: rollout.state.phase === 'watching' ? rollout.state.until - now : 0,
  ...other,
});

const counts = (requests: number, errorRatio: number): Counts => ({
  requests,
  errors: Math.round(requests * errorRatio),
  probes: 0,
  latency: requests === 0 ? {} : { 40: requests },
});

/** Samples of 5 s each, numbered on from the rollout's last, at 100 requests a second. */
export function samples(
  rollout: Rollout,
  count: number,
  { errorRatio = 0, generation = rollout.generation, percent = 10, perSecond = 100 } = {},
): readonly Sample[] {
  const total = perSecond * 5;
  const toCandidate = Math.round((total * percent) / 100);
  return Array.from({ length: count }, (_, index) => ({
    rollout: rollout.id,
    generation,
    number: rollout.lastSample + index + 1,
    at: start,
    durationMs: 5_000,
    trafficPercent: percent,
    services: {
      [web]: {
        candidate: counts(toCandidate, errorRatio),
        stable: counts(total - toCandidate, 0),
        health: { wanted: 1, healthy: 1, exits: 0, refused: 0, failedProbes: 0 },
      },
    },
  }));
}
