import type { EnvironmentName, RoleName } from '../../domain/ids.ts';
import { advanceObstacle } from '../../domain/rollout/advance-by-person.ts';
import { type AgentSeen, resumeObstacle } from '../../domain/rollout/judge-back.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import { type Rollout, type RolloutState, wantedPercent } from '../../domain/rollout/types.ts';
import type { CanaryStep, RolloutPolicy } from '../../domain/project-file/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { ObservationRecord } from '../../engine/records.ts';
import { spanText } from '../../domain/wording.ts';
import type { RolloutView } from '../views.ts';
import { curveOf } from './rollout-curve.ts';

export interface RolloutFactsForView {
  readonly rollout: Rollout;
  readonly promotion: Promotion;
  readonly environment: EnvironmentName;
  readonly observation: ObservationRecord | null;
  /** Read while it is held. */
  readonly held: {
    readonly agent: AgentSeen;
    /** Roles that may let it go on past its evidence. */
    readonly mayAdvance: readonly RoleName[];
  } | null;
  readonly samples: readonly Sample[];
}

export function rolloutView({
  rollout,
  promotion,
  environment,
  observation,
  held,
  samples,
}: RolloutFactsForView): RolloutView {
  const told = observation?.observation.rollout;
  const seen = told?.id === rollout.id ? told : null;
  return {
    id: rollout.id,
    promotion: rollout.promotion,
    environment,
    version: promotion.version,
    services: rollout.services.map((one) => ({
      service: one.service,
      from: one.from?.version ?? null,
      to: one.to.version,
    })),
    state: rollout.state,
    steps: stepsOf(rollout),
    wantedPercent: wantedPercent(rollout),
    effectivePercent: seen?.effectivePercent ?? null,
    lease: seen?.lease ?? null,
    leaseMs: rollout.policy?.leaseMs ?? null,
    reasonAllAtOnce: rollout.reasonAllAtOnce,
    errorLimit: rollout.policy?.errors.limit ?? null,
    figures: rollout.judgement?.services ?? {},
    closeness: rollout.judgement?.closeness ?? [],
    verdict: rollout.judgement?.verdict ?? null,
    judging: rollout.judge?.step ?? null,
    advances: rollout.advances ?? [],
    resume: held && { off: resumeObstacle(rollout, held.agent)?.message ?? null },
    advance: held && advanceOf(rollout, held),
    startedAt: rollout.startedAt,
    startedBy: promotion.requestedBy,
    curve: curveOf(samples),
  };
}

/** What promoting it with a reason would mean: the step it goes to, and who may. */
function advanceOf(
  rollout: Rollout,
  { agent, mayAdvance: roles }: NonNullable<RolloutFactsForView['held']>,
): NonNullable<RolloutView['advance']> {
  const { state } = rollout;
  const isFallen = state.phase === 'held' && state.from.phase === 'promoting' && state.percent === 0;
  const next = reachedOf(state, rollout) + (isFallen ? 0 : 1);
  const off = advanceObstacle(rollout, agent)?.message ?? null;
  return { next: namesOf(rollout)[next] ?? 'Done', roles, off };
}

/** The names of the way, in order, and where the rollout stands on it. */
function stepsOf(rollout: Rollout): RolloutView['steps'] {
  const reached = reachedOf(rollout.state, rollout);
  const { phase } = rollout.state;
  const isBroken = phase === 'rolled back' || phase === 'rolling back' || phase === 'rollback failed';
  return namesOf(rollout).map((name, index) => {
    if (index < reached) return { name, state: 'done', share: 1 };
    const isReached = index === reached;
    const state = isBroken ? 'skipped' : isReached ? 'now' : 'next';
    return { name, state, share: isReached ? shareOf(rollout) : 0 };
  });
}

function namesOf({ policy }: Rollout): readonly string[] {
  if (policy === null) return ['Preflight', 'Switch over', 'Done'];
  const canary = canariesOf(policy).map((step) => `Canary ${step.percent} %`);
  return ['Preflight', ...canary, 'Promoting', `Watching ${spanText(policy.watchMs)}`, 'Done'];
}

const canariesOf = ({ canary }: RolloutPolicy): readonly CanaryStep[] =>
  canary.filter((step) => step.percent < 100);

function reachedOf(state: RolloutState, rollout: Rollout): number {
  const canaries = rollout.policy === null ? 0 : canariesOf(rollout.policy).length;
  switch (state.phase) {
    case 'preflight':
      return 0;
    case 'canary':
      return 1 + state.step;
    case 'promoting':
      return 1 + canaries;
    case 'watching':
      return 2 + canaries;
    case 'held':
      return reachedOf(state.from, rollout);
    case 'rolling back':
    case 'rolled back':
    case 'rollback failed':
      return 1;
    case 'succeeded':
    case 'superseded':
      return namesOf(rollout).length;
  }
}

function shareOf(rollout: Rollout): number {
  const step = rollout.judge?.step;
  if (step === undefined || rollout.judgement === null) return 0;
  if (step.phase === 'watching') return Math.min(1, rollout.sampledMs / Math.max(1, step.maximumMs));
  return Math.min(1, rollout.judgement.exposureMs / Math.max(1, step.exposureMs));
}
