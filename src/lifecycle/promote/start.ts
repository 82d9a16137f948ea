import type { Instant, RolloutId } from '../../domain/ids.ts';
import { movesOf, variantsOf } from '../../domain/plan.ts';
import type { RolloutPolicy } from '../../domain/project-file/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Rollout, RolloutService } from '../../domain/rollout/types.ts';
import type { AdmissionFacts } from './facts.ts';

/** The rollout that carries out an admitted promotion. Pure. */
export function rolloutOf(facts: AdmissionFacts, promotion: Promotion, id: RolloutId, now: Instant): Rollout {
  const services = movesOf(facts.target, variantsOf(facts.release, promotion.services));
  const { policy, reason } = strategyOf(facts, services);
  return {
    id,
    project: promotion.project,
    environment: promotion.environment,
    promotion: promotion.id,
    services,
    policy,
    reasonAllAtOnce: reason,
    generation: 1,
    state: { phase: 'preflight', since: now },
    judge: null,
    lastSample: 0,
    judgement: null,
    sampledMs: 0,
    smoke: null,
    startedAt: now,
  };
}

interface Strategy {
  readonly policy: RolloutPolicy | null;
  readonly reason: string | null;
}

/** Canary where the pipeline asks for it and there is something to compare with; else all at once, and why. */
function strategyOf(facts: AdmissionFacts, services: readonly RolloutService[]): Strategy {
  const allAtOnce = (reason: string): Strategy => ({ policy: null, reason });
  if (facts.kind === 'rollback')
    return allAtOnce('A rollback goes in all at once: what it goes back to has served here before.');
  const policy = facts.rung?.step.rollout;
  if (policy === undefined) return allAtOnce(`${facts.target.name} declares no canary.`);
  const first = services.filter((one) => one.from === null).map((one) => one.service);
  if (first.length > 0)
    return allAtOnce(
      `This is the first release of ${first.join(' and ')} here: there is nothing to fall back to.`,
    );
  return { policy, reason: null };
}
