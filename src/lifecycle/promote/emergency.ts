import type { Actor } from '../../domain/actor.ts';
import type { Blocker } from '../../domain/admission.ts';
import { type Emergency, emergencyRoles, isSamePerson } from '../../domain/emergency.ts';
import { Failure } from '../../domain/failure.ts';
import type { Instant, RoleName } from '../../domain/ids.ts';
import { listText } from '../../domain/wording.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import { endPromotion, tellOf } from './end.ts';
import type { AdmissionFacts } from './facts.ts';

/** What was passed over, as the log keeps it. */
export const named = (blockers: readonly Blocker[]) =>
  blockers.map(({ kind, gate, reason }) => ({ kind, ...(gate !== undefined && { gate }), reason }));

/** Whom it still takes, with where to reach them, for who is told of it (REL-16). */
export const missingOf = (blockers: readonly Blocker[]) =>
  blockers.flatMap(({ kind, liftedBy }) =>
    (kind === 'approvals' || kind === 'emergency') && liftedBy.kind === 'people' ? [liftedBy] : [],
  );

export interface Confirm {
  readonly planHash: string;
  readonly comment: string;
  readonly by: Actor & { readonly kind: 'person' };
}

/** The second person of an emergency says yes to the plan. Denied to who asked, under any name, and to who may not. */
export async function confirmEmergency(
  tx: Transaction,
  stored: Stored<'promotion'>,
  facts: AdmissionFacts,
  emergency: Emergency,
  { planHash, comment, by }: Confirm,
  now: Instant,
): Promise<void> {
  const roles = confirmingRoles(facts, by);
  if (planHash !== facts.plan.hash) throw planChanged(facts);
  const confirmed = { by, roles, planHash: facts.plan.hash, at: now, comment };
  const next = { ...stored.value, plan: facts.plan, emergency: { ...emergency, confirmed } };
  await tx.put(next.project, 'promotion', next.id, next, stored.version);
  await tellOf(tx, next, facts.target, 'promotion.emergency-confirmed', by, now, {
    message: `${by.id} confirmed the emergency: ${next.version} in ${facts.target.name} (${listText(roles)})`,
    payload: { roles, release: facts.release.id, planHash: facts.plan.hash, comment },
  });
  await tx.wake([{ key: `promotion/${next.id}`, project: next.project, at: now }]);
}

function confirmingRoles(facts: AdmissionFacts, by: Confirm['by']): readonly RoleName[] {
  const second = facts.rung?.step.emergency?.second ?? [];
  const wayOut = `Ask somebody else who is ${listText(second, 'or')}.`;
  if (isSamePerson(by, facts.requester))
    throw new Failure(
      'denied',
      'emergency-same-person',
      'Whoever asked for the emergency may not confirm it.',
      {
        wayOut,
      },
    );
  const roles = emergencyRoles(facts.file, by, second);
  if (roles.length > 0) return roles;
  throw new Failure(
    'denied',
    'emergency-role-missing',
    `${by.id} may not confirm an emergency in ${facts.target.name}.`,
    { wayOut },
  );
}

/** What was looked at is no longer what would happen. */
export const planChanged = ({ plan }: AdmissionFacts): Failure =>
  new Failure('conflict', 'plan-changed', 'The plan is no longer the one you looked at.', {
    wayOut: 'Look at the new plan and approve that one, if you still want to.',
    facts: { plan },
  });

/** Nobody says yes to an emergency by mistake, nor to an ordinary promotion as if it were one. */
export function needSaidSo(emergency: Emergency | undefined, said: boolean): void {
  if (emergency !== undefined && !said)
    throw new Failure('conflict', 'emergency-unsaid', 'This is an emergency: it takes no approvals.', {
      wayOut: 'Look at what it passes over, then confirm it as what it is, with --emergency.',
    });
  if (emergency === undefined && said)
    throw new Failure('conflict', 'emergency-not-asked', 'Nobody asked for this as an emergency.', {
      wayOut: 'Approve it without --emergency, or ask for it anew: rung promote … --emergency --reason …',
    });
}

/** Ends an emergency that was not confirmed and started in time, and says so. */
export async function expireEmergency(
  tx: Transaction,
  stored: Stored<'promotion'>,
  { target }: AdmissionFacts,
  now: Instant,
): Promise<void> {
  const by: Actor = { kind: 'automation', rule: 'emergency' };
  const confirmed = stored.value.emergency?.confirmed?.by.id ?? null;
  const why = confirmed === null ? 'nobody confirmed it' : 'it could not start';
  const state = { phase: 'withdrawn', by, at: now } as const;
  await endPromotion(tx, stored, target, state, 'promotion.emergency-expired', by, now, {
    message: `The emergency ${stored.value.version} in ${target.name} expired: ${why} within the hour`,
    payload: { confirmedBy: confirmed },
  });
}
