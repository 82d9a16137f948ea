import {
  type ChangeOutcome,
  type ChangeRequest,
  type ClosedChange,
  isUndecided,
} from '../../../domain/change-request.ts';
import type { Instant, ProjectId } from '../../../domain/ids.ts';
import type { Promotion } from '../../../domain/promotion.ts';
import { countText } from '../../../domain/wording.ts';
import type { Transaction } from '../../../engine/store.ts';
import { deviationsOf } from './deviations.ts';
import { tellOfChange } from './tell.ts';

const automation = { kind: 'automation', rule: 'change request' } as const;

/**
 * A promotion that starts carries out the change request that is there for it, approved or not: an unapproved one can
 * only be past its gate by a waiver, and closing says so. Answers with the promotion that names it.
 */
export async function carriedOutBy(
  tx: Transaction,
  promotion: Promotion,
  change: ChangeRequest | null,
  now: Instant,
): Promise<Promotion> {
  if (change === null || !isUndecided(change)) return promotion;
  const stored = await tx.get(change.project, 'change', change.id);
  if (stored === undefined || !isUndecided(stored.value)) return promotion;
  const state = { phase: 'implementing', promotion: promotion.id, since: now } as const;
  const next: ChangeRequest = { ...stored.value, state };
  await tx.put(next.project, 'change', next.id, next, stored.version);
  await tellOfChange(tx, next, 'change-request.started', automation, now, {
    message: `${next.id} is being carried out: ${promotion.version} starts`,
    payload: { promotion: promotion.id },
  });
  // Where nothing has to be rolled out the promotion is through at once.
  await tx.wake([{ key: `change/${next.id}`, project: next.project, at: now }]);
  return { ...promotion, change: next.id };
}

/** Closes a change request whose promotion has ended. Level-triggered: a wake-up too many changes nothing. */
export async function reconcileChange(
  tx: Transaction,
  project: ProjectId,
  id: string,
  now: Instant,
): Promise<{ readonly wakeAt: null }> {
  const stored = await tx.get(project, 'change', id);
  if (stored?.value.state.phase !== 'implementing') return { wakeAt: null };
  const promotion = (await tx.get(project, 'promotion', stored.value.state.promotion))?.value;
  const ended = promotion === undefined ? null : endOf(promotion);
  if (promotion === undefined || ended === null) return { wakeAt: null };
  const rollout =
    ended.rollout === null ? null : ((await tx.get(project, 'rollout', ended.rollout))?.value ?? null);
  const startedAt = stored.value.state.since;
  const facts = { change: stored.value, promotion, rollout, startedAt, endedAt: ended.at };
  const state: ClosedChange = {
    phase: 'closed',
    promotion: promotion.id,
    startedAt,
    endedAt: ended.at,
    outcome: ended.outcome,
    deviations: deviationsOf(facts),
    at: now,
  };
  const next: ChangeRequest = { ...stored.value, state };
  await tx.put(project, 'change', next.id, next, stored.version);
  await tellOfChange(tx, next, 'change-request.closed', automation, now, closing(next, state));
  return { wakeAt: null };
}

interface End {
  readonly outcome: ChangeOutcome;
  readonly at: Instant;
  readonly rollout: Extract<Promotion['state'], { phase: 'succeeded' }>['rollout'];
}

/** null: it has not ended. What serves everything is carried out; that it is watched afterwards is care, not work. */
function endOf({ state, course }: Promotion): End | null {
  switch (state.phase) {
    case 'succeeded':
      return { outcome: 'implemented', at: course?.fullAt ?? state.at, rollout: state.rollout };
    case 'rolled back':
      return { outcome: 'taken back', at: state.at, rollout: state.rollout };
    case 'failed':
      return { outcome: 'failed', at: state.at, rollout: state.rollout };
    case 'superseded':
    case 'withdrawn':
    case 'rejected':
      return { outcome: 'superseded', at: course?.fullAt ?? state.at, rollout: null };
    case 'waiting':
    case 'running':
      return null;
  }
}

function closing(
  change: ChangeRequest,
  { outcome, startedAt, endedAt, deviations, promotion }: ClosedChange,
) {
  const how =
    deviations.length === 0
      ? 'as it was planned'
      : `with ${countText(deviations.length, 'deviation')}: ${deviations.map(({ says }) => says).join('; ')}`;
  return {
    message: `${change.id} is closed: ${change.version} was ${outcome}, ${how}`,
    payload: { promotion, outcome, startedAt, endedAt, deviations },
  };
}
