import { later, type Instant, type ProjectId, type RolloutId } from '../../domain/ids.ts';
import type { Admission } from '../../domain/admission.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Transaction } from '../../engine/store.ts';
import { admit } from './admit.ts';
import type { AdmissionFacts } from './facts.ts';
import { loadFacts } from './load.ts';
import { type GiveWay, startPromotion } from './commit-start.ts';

/** A promotion that waits starts by itself as soon as nothing blocks it any more. */
export async function reconcilePromotion(
  tx: Transaction,
  project: ProjectId,
  id: string,
  now: Instant,
  newId: () => string,
  giveWay: GiveWay,
): Promise<{ readonly wakeAt: Instant | null }> {
  const stored = await tx.get(project, 'promotion', id);
  if (stored === undefined || stored.value.state.phase !== 'waiting') return { wakeAt: null };
  const facts = await factsOf(tx, stored.value);
  if (facts === null) return { wakeAt: null };
  const admission = admit(facts, now);
  if (!admission.allowed) {
    await keepPlanCurrent(tx, stored.value, stored.version, facts);
    return { wakeAt: nextLook(admission, facts, now) };
  }
  await startPromotion(tx, stored, facts, newId() as RolloutId, now, giveWay);
  return { wakeAt: null };
}

/** The facts of a promotion that was asked for. null: its release or environment is gone. */
export async function factsOf(tx: Transaction, promotion: Promotion): Promise<AdmissionFacts | null> {
  const release = await tx.get(promotion.project, 'release', promotion.release);
  const target = await tx.get(promotion.project, 'environment', promotion.environment);
  if (release === undefined || target === undefined) return null;
  return loadFacts(tx, {
    kind: promotion.kind,
    release: release.value,
    target: target.value,
    requester: promotion.requestedBy,
    services: promotion.services,
    promotion,
  });
}

/** When what serves changed meanwhile, the plan is another one, and approvals of the old one count no more. */
async function keepPlanCurrent(
  tx: Transaction,
  promotion: Promotion,
  version: number,
  facts: AdmissionFacts,
): Promise<void> {
  if (facts.plan.hash === promotion.plan.hash) return;
  await tx.put(promotion.project, 'promotion', promotion.id, { ...promotion, plan: facts.plan }, version);
}

/** The next moment at which time alone may have lifted a blocker, or made an approval expire. */
function nextLook(admission: Admission, facts: AdmissionFacts, now: Instant): Instant | null {
  const expireMs = facts.rung?.step.approvals?.expireMs ?? Infinity;
  const times = [
    ...admission.blockers.flatMap((blocker) => (blocker.earliest === null ? [] : [blocker.earliest])),
    ...(facts.promotion?.approvals ?? []).map((approval) => later(approval.at, expireMs)),
  ].filter((time) => time > now && Number.isFinite(time));
  return times.length === 0 ? null : times.reduce((left, right) => (left < right ? left : right));
}
