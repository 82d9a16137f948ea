import { aPromotionOf } from '../../domain/environment.kit.ts';
import type { Environment } from '../../domain/environment.ts';
import type { PromotionId, RolloutId } from '../../domain/ids.ts';
import type { GateSpec } from '../../domain/project-file/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { cy, next } from './facts.kit.ts';
import type { AdmissionFacts } from './facts.ts';
import { asking, keeping, recordsOf, type There } from './kept.kit.ts';
import { type Asked, loadFacts } from './load.ts';

export const plain = asking();
export const { target } = plain;
export const { project } = target;
export const [dev, test] = plain.before as [Environment, Environment];
export const person = { kind: 'person', id: cy } as const;
export const rollout = 'r' as RolloutId;

/** What is read for an ask, where these are there besides the ladder. */
export async function loaded(
  there: readonly There[] = [],
  more: Partial<Asked> = {},
  facts: AdmissionFacts = plain,
): Promise<AdmissionFacts> {
  const kept = await keeping(...recordsOf({ ...facts, promotion: null }), ...there);
  const asked = {
    kind: 'promotion',
    release: facts.release,
    target: facts.target,
    requester: person,
    promotion: null,
    ...more,
  } as const;
  return kept.act((tx) => loadFacts(tx, asked));
}
export const promotion = (id: string, more: Partial<Promotion>): Promotion => ({
  ...aPromotionOf(next, undefined, target),
  id: id as PromotionId,
  ...more,
});
export const gated = (...gates: readonly GateSpec[]): AdmissionFacts => asking({ step: { gates } });
