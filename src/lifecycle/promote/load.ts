import type { Actor } from '../../domain/actor.ts';
import type { ServiceName } from '../../domain/ids.ts';
import { rungOf } from '../../domain/pipeline.ts';
import { planOf, variantsOf } from '../../domain/plan.ts';
import { isOpen, type Promotion } from '../../domain/promotion.ts';
import type { Release } from '../../domain/release.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Transaction } from '../../engine/store.ts';
import { environmentNamed, livePhases, rulesFor } from '../lookup.ts';
import type { AdmissionFacts } from './facts.ts';

export interface Asked {
  readonly kind: Promotion['kind'];
  readonly release: Release;
  readonly target: Environment;
  readonly requester: Actor;
  /** Only these services; all of the release's unless named. */
  readonly services?: readonly ServiceName[];
  readonly promotion: Promotion | null;
}

/** Reads everything the admission is answered from, within one transaction. */
export async function loadFacts(tx: Transaction, asked: Asked): Promise<AdmissionFacts> {
  const { target, release } = asked;
  const file = await rulesFor(tx, target);
  const rung = rungOf(file, target.name);
  const before = await Promise.all(
    (rung?.before ?? []).map((step) => environmentNamed(tx, target.project, step.environment)),
  );
  const open = await tx.list(target.project, 'promotion', {
    environment: target.id,
    phase: ['waiting', 'running'],
  });
  const live = await tx.list(
    target.project,
    'rollout',
    { environment: target.id, phase: livePhases },
    { limit: 1 },
  );
  return {
    kind: asked.kind,
    file,
    rung,
    release,
    target,
    before: before.map((one) => one.value),
    requester: asked.requester,
    promotion: asked.promotion,
    plan: planOf(target, variantsOf(release, asked.services)),
    others: open.items.map((one) => one.value).filter((one) => isOpen(one) && one.id !== asked.promotion?.id),
    live: live.items[0]?.value ?? null,
  };
}
