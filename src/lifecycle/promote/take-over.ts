import type { Instant } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Transaction } from '../../engine/store.ts';
import { admit, mayWait } from './admit.ts';
import { loadFacts } from './load.ts';
import type { Ask, Asking } from './request.ts';

/** Whether somebody asks in their own name for what a merge has asked for already. */
export const isTakenOver = (asked: Promotion, { kind, requester }: Ask): boolean =>
  kind === 'promotion' &&
  requester.kind !== 'automation' &&
  asked.requestedBy.kind === 'automation' &&
  asked.state.phase === 'waiting';

/** What a merge has asked for becomes the ask of whoever promotes it, with the approvals that it has. */
export async function takeOver(
  tx: Transaction,
  asked: Promotion,
  { release, target, requester, reason }: Ask,
  now: Instant,
): Promise<Asking> {
  const promotion: Promotion = {
    ...asked,
    requestedBy: requester,
    requestedAt: now,
    reason: reason === '' ? asked.reason : reason,
  };
  const facts = await loadFacts(tx, { kind: 'promotion', release, target, requester, promotion });
  const asking: Asking = { promotion, facts, admission: admit(facts, now) };
  const stored = await tx.get(asked.project, 'promotion', asked.id);
  if (stored !== undefined && mayWait(asking.admission))
    await tx.put(asked.project, 'promotion', asked.id, promotion, stored.version);
  return asking;
}
