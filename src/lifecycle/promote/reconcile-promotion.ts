import { horizonMs } from '../../domain/calendar/calendar-at.ts';
import { instant, later, type Instant, type ProjectId, type RolloutId } from '../../domain/ids.ts';
import type { Admission, Blocker } from '../../domain/admission.ts';
import type { Transaction } from '../../engine/store.ts';
import { admit } from './admit.ts';
import type { AdmissionFacts } from './facts.ts';
import { factsOf } from './load.ts';
import { type GiveWay, startPromotion } from './commit-start.ts';
import { expireEmergency } from './emergency.ts';
import { overtaken } from './end.ts';
import { tellExpired } from './rounds.ts';
import { askMissing } from './questions.ts';

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
  if (admission.blockers.some((blocker) => blocker.kind === 'already there')) {
    await overtaken(tx, stored, facts, now);
    return { wakeAt: null };
  }
  const expiresAt = stored.value.emergency?.expiresAt ?? Infinity;
  if (now >= expiresAt) {
    await expireEmergency(tx, stored, facts, now);
    return { wakeAt: null };
  }
  if (!admission.allowed) {
    await tellExpired(tx, stored, facts, now);
    if (facts.emergency === null) await askMissing(tx, facts, now, newId);
    return { wakeAt: nextLook(admission, facts, now) };
  }
  await startPromotion(tx, stored, facts, admission, newId() as RolloutId, now, giveWay);
  return { wakeAt: null };
}

/** The next moment at which time alone may have lifted a blocker, or made an approval expire. */
function nextLook(admission: Admission, facts: AdmissionFacts, now: Instant): Instant | null {
  const expireMs = facts.rung?.step.approvals?.expireMs ?? Infinity;
  const times = [
    ...admission.blockers.flatMap((blocker) => (blocker.earliest === null ? [] : [blocker.earliest])),
    ...(facts.emergency === null ? [] : [facts.emergency.expiresAt]),
    ...admission.blockers.filter(isClosed).map(() => later(now, horizonMs)),
    ...(facts.promotion?.approvals ?? []).map((approval) => later(approval.at, expireMs)),
  ].filter((time) => time > now);
  const first = Math.min(...times);
  return Number.isFinite(first) ? instant(first) : null;
}

/** Where no opening is in sight as far as was looked, it is looked again from there; any that is comes before that. */
const isClosed = ({ kind }: Blocker): boolean => kind === 'window' || kind === 'freeze';
