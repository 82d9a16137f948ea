import type { Instant, RolloutId } from '../../domain/ids.ts';
import type { Environment } from '../../domain/environment.ts';
import type { NewEvent } from '../../domain/event.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import type { AdmissionFacts } from './facts.ts';
import { rolloutOf } from './start.ts';

/** Lets a held or watching rollout give way to a promotion. Handed in by who knows about rollouts. */
export type GiveWay = (tx: Transaction, live: Rollout, to: Promotion, now: Instant) => Promise<void>;

/** Starts an admitted promotion: its rollout comes to be, and the agent is asked to prepare it. */
export async function startPromotion(
  tx: Transaction,
  stored: Stored<'promotion'>,
  facts: AdmissionFacts,
  id: RolloutId,
  now: Instant,
  giveWay: GiveWay,
): Promise<Rollout> {
  const promotion = stored.value;
  if (facts.live !== null) await giveWay(tx, facts.live, promotion, now);
  const target = await tx.get(promotion.project, 'environment', promotion.environment);
  const base = target?.value ?? facts.target;
  const rollout = rolloutOf({ ...facts, target: base }, promotion, id, now);
  const running: Promotion = {
    ...promotion,
    plan: facts.plan,
    state: { phase: 'running', rollout: id, since: now },
  };
  const environment: Environment = { ...base, revision: base.revision + 1 };
  await tx.put(promotion.project, 'rollout', id, rollout, 0);
  await tx.put(promotion.project, 'promotion', promotion.id, running, stored.version);
  await tx.put(promotion.project, 'environment', environment.id, environment, target?.version ?? 0);
  await tx.append(startEvents(running, rollout, environment, now));
  await tx.wake([{ key: `rollout/${id}`, project: promotion.project, at: now }]);
  return rollout;
}

function startEvents(
  promotion: Promotion,
  rollout: Rollout,
  environment: Environment,
  now: Instant,
): readonly NewEvent[] {
  const common = {
    project: promotion.project,
    at: now,
    environment: environment.id,
    actor: { kind: 'automation', rule: 'admission' },
  } as const;
  const how = rollout.reasonAllAtOnce === null ? 'by canary' : `all at once: ${rollout.reasonAllAtOnce}`;
  return [
    {
      ...common,
      kind: 'promotion.started',
      subject: `promotion/${promotion.id}`,
      message: `${promotion.version} into ${environment.name} starts, ${how}`,
      payload: {
        promotion: promotion.id,
        rollout: rollout.id,
        release: promotion.release,
        planHash: promotion.plan.hash,
        approvals: promotion.approvals.map((approval) => ({
          by: approval.by,
          roles: approval.roles,
          at: approval.at,
        })),
      },
    },
    {
      ...common,
      kind: 'desired.changed',
      subject: `environment/${environment.id}`,
      message: `${environment.name} is asked for revision ${environment.revision}`,
      payload: { revision: environment.revision, rollout: rollout.id },
    },
  ];
}
