import { type Actor, actorName } from '../../domain/actor.ts';
import { type ApprovalFacts, voidBecause } from '../../domain/approvals.ts';
import { Failure } from '../../domain/failure.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Approval } from '../../domain/promotion.ts';
import { listText } from '../../domain/wording.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import { approvalFacts, missingApprovals } from './blockers/approvals.ts';
import { missingOf } from './emergency.ts';
import { tellOf } from './end.ts';
import type { AdmissionFacts } from './facts.ts';

const automation: Actor = { kind: 'automation', rule: 'approvals' };

/** Says once of each approval that it has expired. */
export async function tellExpired(
  tx: Transaction,
  stored: Stored<'promotion'>,
  facts: AdmissionFacts,
  now: Instant,
): Promise<void> {
  const asked = approvalFacts(facts, now);
  if (asked === null) return;
  const expired = stored.value.approvals.filter((one) => one.expiredAt === undefined && isOver(one, asked));
  if (expired.length === 0) return;
  const marked = stored.value.approvals.map((one) =>
    expired.includes(one) ? { ...one, expiredAt: now } : one,
  );
  const next = { ...stored.value, approvals: marked };
  await tx.put(next.project, 'promotion', next.id, next, stored.version);
  const people = expired.map(({ by }) => by);
  await tellOf(tx, next, facts.target, 'promotion.approval-expired', automation, now, {
    message: `The approval of ${listText(people)} for ${next.version} in ${facts.target.name} has expired`,
    payload: { expired: people, missing: missingOf(missingApprovals({ ...facts, promotion: next }, now)) },
  });
}

const isOver = ({ at }: Approval, { policy, now }: ApprovalFacts): boolean => at + policy.expireMs <= now;

/** A new round: what does not count is put aside, and the log tells whom it takes. Conflict where nobody is missing. */
export async function remind(
  tx: Transaction,
  { stored, facts }: { readonly stored: Stored<'promotion'>; readonly facts: AdmissionFacts },
  by: Actor,
  now: Instant,
): Promise<void> {
  const asked = approvalFacts(facts, now);
  const missing = facts.emergency !== null ? [] : missingOf(missingApprovals(facts, now));
  if (asked === null || missing.length === 0)
    throw new Failure('conflict', 'approvals-complete', 'No approval is missing.', {
      wayOut: `See what it waits for: rung why ${stored.value.version} --to ${facts.target.name}`,
    });
  const counting = stored.value.approvals.filter((one) => voidBecause(one, asked) === null);
  const next = { ...stored.value, plan: facts.plan, approvals: counting };
  await tx.put(next.project, 'promotion', next.id, next, stored.version);
  await tellOf(tx, next, facts.target, 'promotion.asked-again', by, now, {
    message: `${actorName(by)} asks again for ${next.version} in ${facts.target.name}: ${listText(
      missing.flatMap(({ members }) => members),
      'or',
    )} can approve`,
    payload: { planHash: facts.plan.hash, missing },
  });
}
