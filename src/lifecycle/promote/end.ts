import type { Actor } from '../../domain/actor.ts';
import type { Environment } from '../../domain/environment.ts';
import type { EventKind } from '../../domain/event.ts';
import type { Instant } from '../../domain/ids.ts';
import type { openPhases, Promotion, PromotionState } from '../../domain/promotion.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import type { AdmissionFacts } from './facts.ts';

interface Telling {
  readonly message: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Ends a waiting promotion, says why, and lets what waited behind it look again. */
export async function endPromotion(
  tx: Transaction,
  stored: Stored<'promotion'>,
  target: Environment,
  state: Exclude<PromotionState, { readonly phase: (typeof openPhases)[number] }>,
  kind: EventKind,
  by: Actor,
  now: Instant,
  told: Telling,
): Promise<void> {
  const next: Promotion = { ...stored.value, state };
  await tx.put(next.project, 'promotion', next.id, next, stored.version);
  await tellOf(tx, next, target, kind, by, now, told);
  await tx.wake([{ key: `environment/${target.id}`, project: next.project, at: now }]);
}

/** Appends what happened to a promotion. */
export const tellOf = (
  tx: Transaction,
  promotion: Promotion,
  target: Environment,
  kind: EventKind,
  actor: Actor,
  now: Instant,
  told: Telling,
): Promise<void> =>
  tx.append([
    {
      project: promotion.project,
      kind,
      at: now,
      actor,
      environment: target.id,
      subject: `promotion/${promotion.id}`,
      ...told,
    },
  ]);

/** While it waited, what it asks for came to run there by another way: nothing is left to do. */
export async function overtaken(
  tx: Transaction,
  stored: Stored<'promotion'>,
  { target }: AdmissionFacts,
  now: Instant,
): Promise<void> {
  const by: Actor = { kind: 'automation', rule: 'admission' };
  await endPromotion(
    tx,
    stored,
    target,
    { phase: 'withdrawn', by, at: now },
    'promotion.withdrawn',
    by,
    now,
    {
      message: `${stored.value.version} for ${target.name} is withdrawn: it runs there already`,
      payload: {},
    },
  );
}
