import type { Admission } from '../../domain/admission.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Emergency } from '../../domain/emergency.ts';
import type { NewEvent } from '../../domain/event.ts';
import type { Instant, RolloutId } from '../../domain/ids.ts';
import { planOf, removedBy, startsNothing } from '../../domain/plan.ts';
import { type Promotion, servicesAsked } from '../../domain/promotion.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { settled } from '../../domain/settle.ts';
import { listText } from '../../domain/wording.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import { desiredChanged } from '../desired-changed.ts';
import { carriedOutBy } from './changes/carry-out.ts';
import { exceptionUsed } from './calendar.ts';
import { named } from './emergency.ts';
import type { AdmissionFacts } from './facts.ts';
import { rolloutOf } from './start.ts';

/** Lets a held or watching rollout give way to a promotion. Handed in by who knows about rollouts. */
export type GiveWay = (tx: Transaction, live: Rollout, to: Promotion, now: Instant) => Promise<void>;

/**
 * Starts an admitted promotion: its rollout comes to be, and the agent is asked to prepare it. Where the very same
 * artifacts serve already there is nothing to roll out, and the promotion is through at once.
 */
export async function startPromotion(
  tx: Transaction,
  stored: Stored<'promotion'>,
  facts: AdmissionFacts,
  { gates, passedOver = [] }: Admission,
  id: RolloutId,
  now: Instant,
  giveWay: GiveWay,
): Promise<void> {
  const { project, environment } = stored.value;
  if (facts.live !== null) await giveWay(tx, facts.live, stored.value, now);
  const target = await tx.get(project, 'environment', environment);
  const base = target?.value ?? facts.target;
  const plan = planOf(base, facts.release, servicesAsked(stored.value));
  const services = plan.changes.map((change) => change.service);
  const { emergency } = stored.value;
  const exception = facts.kind === 'rollback' || emergency !== undefined ? null : exceptionUsed(facts, now);
  const planned: Promotion = {
    ...stored.value,
    services,
    plan,
    gates,
    ...(exception !== null && { exception }),
    ...(emergency && { emergency: { ...emergency, passedOver } }),
  };
  const promotion = await carriedOutBy(tx, planned, facts.change, now);
  const started = startsNothing(plan)
    ? renamed(promotion, base, facts, now)
    : rolledOut(promotion, base, facts, id, now);
  const after = { ...started.environment, revision: base.revision + 1 };
  if (started.rollout !== null) await tx.put(project, 'rollout', id, started.rollout, 0);
  await tx.put(project, 'promotion', promotion.id, started.promotion, stored.version);
  await tx.put(project, 'environment', environment, after, target?.version ?? 0);
  await tx.append([...started.events, desiredChanged(after, started.rollout?.id ?? null, now)]);
  // A rollout that nobody has heard of has nothing to do: its agent's first word wakes it.
  if (started.rollout === null) await tx.wake([{ key: `environment/${environment}`, project, at: now }]);
}

interface Started {
  readonly promotion: Promotion;
  readonly rollout: Rollout | null;
  readonly environment: Environment;
  readonly events: readonly NewEvent[];
}

function rolledOut(
  promotion: Promotion,
  base: Environment,
  facts: AdmissionFacts,
  id: RolloutId,
  now: Instant,
): Started {
  const rollout = rolloutOf({ ...facts, target: base }, promotion, id, now);
  const how = rollout.reasonAllAtOnce === null ? 'by canary' : `all at once: ${rollout.reasonAllAtOnce}`;
  return {
    promotion: { ...promotion, state: { phase: 'running', rollout: id, since: now } },
    rollout,
    environment: base,
    events: [startedEvent(promotion, base, rollout.id, how, now)],
  };
}

/** The same artifacts under another release: they were started, proved healthy and smoke-tested here before. */
function renamed(promotion: Promotion, base: Environment, facts: AdmissionFacts, now: Instant): Started {
  const smoke = base.deployments.at(-1)?.smoke ?? 'none';
  const gone = removedBy(promotion.plan);
  const how =
    gone.length === 0
      ? 'and changes nothing that runs: every artifact is the one that serves already'
      : `and takes out ${listText(gone)}; every other artifact is the one that serves already`;
  return {
    promotion: { ...promotion, state: { phase: 'succeeded', rollout: null, at: now } },
    rollout: null,
    environment: settled(base, promotion, facts.release, smoke, now),
    events: [
      startedEvent(promotion, base, null, how, now),
      {
        ...eventOf(promotion, base, now),
        kind: 'promotion.succeeded',
        message: `${base.name} runs ${promotion.version}`,
        payload: { promotion: promotion.id, rollout: null, release: promotion.release },
      },
    ],
  };
}

const eventOf = (promotion: Promotion, { id }: Environment, now: Instant) =>
  ({
    project: promotion.project,
    at: now,
    environment: id,
    actor: { kind: 'automation', rule: 'admission' },
    subject: `promotion/${promotion.id}`,
  }) as const;

const emergencyFacts = ({ confirmed, passedOver = [] }: Emergency) => ({
  confirmed: confirmed && { by: confirmed.by, roles: confirmed.roles, at: confirmed.at },
  passedOver: named(passedOver),
});

const startedEvent = (
  promotion: Promotion,
  environment: Environment,
  rollout: RolloutId | null,
  how: string,
  now: Instant,
): NewEvent => ({
  ...eventOf(promotion, environment, now),
  kind: 'promotion.started',
  message: `${promotion.version} into ${environment.name} starts${promotion.emergency ? ' as an emergency' : ''}, ${how}`,
  payload: {
    promotion: promotion.id,
    rollout,
    release: promotion.release,
    planHash: promotion.plan.hash,
    change: promotion.change ?? null,
    exception: promotion.exception?.id ?? null,
    ...(promotion.emergency && { emergency: emergencyFacts(promotion.emergency) }),
    approvals: promotion.approvals.map(({ by, roles, at }) => ({ by, roles, at })),
    gates: (promotion.gates ?? []).map(({ gate, state, evidence, waiver }) => ({
      gate,
      state,
      evidence: evidence.map((one) => one.id),
      waiver: waiver?.id ?? null,
    })),
  },
});
