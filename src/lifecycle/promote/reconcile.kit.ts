import type { Instant } from '../../domain/ids.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { now } from './facts.kit.ts';
import type { AdmissionFacts } from './facts.ts';
import { asking, keeping, recordsOf, type There } from './kept.kit.ts';
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
