import { type ActorId, type Instant, instant } from '../../domain/ids.ts';
import type { Approval } from '../../domain/promotion.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { ada, bo, next, now } from './facts.kit.ts';
import type { AdmissionFacts } from './facts.ts';
import { asking, keeping, recordsOf, type Step, type There } from './kept.kit.ts';
import { reconcilePromotion } from './reconcile-promotion.ts';

const plain = asking();
const { project } = plain.target;
const id = plain.promotion?.id ?? '';

/** Looks at the promotion once; says when again, and what came of it. */
export async function look(facts: AdmissionFacts, there: readonly There[] = [], at: Instant = now) {
  const kept = await keeping(...recordsOf(facts), ...there);
  const gaveWay: Rollout[] = [];
  const reconciled = await kept.act((tx) =>
    reconcilePromotion(
      tx,
      project,
      id,
      at,
      () => 'fresh',
      async (_, live) => void gaveWay.push(live),
    ),
  );
  return { ...kept, wakeAt: reconciled.wakeAt, gaveWay, promotion: await kept.get('promotion', id) };
}

const hourMs = 3_600_000;

/** An approval of what waits, as it stands, an hour ago. */
export const by = (who: ActorId, other: Partial<Approval> = {}): Approval => ({
  by: who,
  roles: [],
  release: next.id,
  planHash: plain.plan.hash,
  at: instant(now - hourMs),
  comment: '',
  ...other,
});
export const approvals = [by(ada), by(bo)];

/** Looks at the clean ask, with these changes. */
export const waits = (step: Step = {}) => look(asking(step));
