import { actorName, type Actor } from '../../domain/actor.ts';
import { countApprovals } from '../../domain/approvals.ts';
import { Failure } from '../../domain/failure.ts';
import type { ActorId, Instant, RoleName } from '../../domain/ids.ts';
import { rolesOf } from '../../domain/roles.ts';
import { standsInFor } from '../../domain/delegation.ts';
import { listText } from '../../domain/wording.ts';
import type { Approval, Promotion } from '../../domain/promotion.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import type { AdmissionFacts } from './facts.ts';
import { approvalFacts, missingApprovals } from './blockers/approvals.ts';
import { type Confirm, confirmEmergency, missingOf, needSaidSo, planChanged } from './emergency.ts';
import { endPromotion, tellOf } from './end.ts';
import { factsOf } from './load.ts';

/** Reads a waiting promotion with the facts of now; conflict when it waits no more. */
export async function waitingPromotion(
  tx: Transaction,
  project: Promotion['project'],
  id: string,
): Promise<{ readonly stored: Stored<'promotion'>; readonly facts: AdmissionFacts }> {
  const stored = await tx.get(project, 'promotion', id);
  if (stored === undefined)
    throw new Failure('absent', 'promotion-unknown', `There is no promotion ${id}.`, {
      wayOut: 'See which there are: rung status',
    });
  if (stored.value.state.phase !== 'waiting')
    throw new Failure(
      'conflict',
      'promotion-not-waiting',
      `This promotion is ${stored.value.state.phase}; it waits for nobody.`,
      {
        wayOut: 'See how it stands: rung status',
      },
    );
  const facts = await factsOf(tx, stored.value);
  if (facts === null)
    throw new Failure(
      'absent',
      'promotion-homeless',
      'The release or the environment of this promotion is gone.',
    );
  return { stored, facts };
}

/** An approval binds to what the approver saw. Denied to who has none of the roles, or asked for it where that is barred. */
export async function approve(
  tx: Transaction,
  project: Promotion['project'],
  id: string,
  ask: Confirm & { readonly emergency: boolean },
  now: Instant,
): Promise<void> {
  const { stored, facts } = await waitingPromotion(tx, project, id);
  const { emergency } = stored.value;
  needSaidSo(emergency, ask.emergency);
  if (emergency !== undefined) return confirmEmergency(tx, stored, facts, emergency, ask, now);
  const { roles, standingInFor } = approvingRoles(facts, ask.by.id, now);
  if (ask.planHash !== facts.plan.hash) throw planChanged(facts);
  const approval: Approval = {
    by: ask.by.id,
    roles,
    release: facts.release.id,
    planHash: facts.plan.hash,
    at: now,
    comment: ask.comment,
    ...(standingInFor !== undefined && { standingInFor }),
  };
  const others = stored.value.approvals.filter((one) => one.by !== ask.by.id);
  const next = { ...stored.value, plan: facts.plan, approvals: [...others, approval] };
  await tx.put(project, 'promotion', next.id, next, stored.version);
  await tellOf(tx, next, facts.target, 'promotion.approved', ask.by, now, {
    message: `${ask.by.id}${standingInFor === undefined ? '' : `, standing in for ${standingInFor},`} approved ${next.version} for ${facts.target.name} (${listText(roles)})`,
    payload: {
      roles,
      release: facts.release.id,
      planHash: facts.plan.hash,
      comment: ask.comment,
      standingInFor: standingInFor ?? null,
      missing: missingOf(missingApprovals({ ...facts, promotion: next }, now)),
    },
  });
  await tx.wake([{ key: `promotion/${next.id}`, project, at: now }]);
}

/** In one's own right where one has a role, else in the name of somebody who is away. */
function approvingRoles(
  facts: AdmissionFacts,
  person: ActorId,
  now: Instant,
): Pick<Approval, 'roles' | 'standingInFor'> {
  const policy = facts.rung?.step.approvals;
  if (policy === undefined || facts.kind === 'rollback')
    throw new Failure('conflict', 'approval-not-needed', `${facts.target.name} asks for no approval.`, {
      wayOut: 'There is nothing to do.',
    });
  if (policy.notRequester && facts.requester.kind === 'person' && facts.requester.id === person)
    throw new Failure('denied', 'approval-by-requester', 'Whoever asked for it may not approve it.', {
      wayOut: `Ask somebody else of ${listText(policy.from)}.`,
    });
  const eligible = (roles: readonly RoleName[]) => roles.filter((role) => policy.from.includes(role));
  const own = eligible(rolesOf(facts.file, person));
  if (own.length > 0) return { roles: own };
  const asked = policy.notRequester && facts.requester.kind === 'person' ? facts.requester.id : null;
  const standIns = standsInFor(facts.delegations, facts.file, person, now)
    .map(({ absent, roles }) => ({ standingInFor: absent, roles: eligible(roles) }))
    .filter(({ standingInFor, roles }) => standingInFor !== asked && roles.length > 0);
  const given = givenWithout(facts, person, now);
  const standIn = standIns.find(({ standingInFor }) => !given.includes(standingInFor)) ?? standIns[0];
  if (standIn === undefined)
    throw new Failure(
      'denied',
      'approval-role-missing',
      `${person} has none of the roles that may approve for ${facts.target.name}.`,
      {
        wayOut: `Ask somebody who is ${listText(policy.from, 'or')}.`,
      },
    );
  return standIn;
}

/** Who is behind the approvals that count, besides this person: a second one in the name of any of them would not. */
function givenWithout(facts: AdmissionFacts, person: ActorId, now: Instant): readonly ActorId[] {
  const asked = approvalFacts(facts, now);
  if (asked === null) return [];
  return countApprovals({ ...asked, approvals: asked.approvals.filter(({ by }) => by !== person) }).mayNot;
}

/** Of an emergency also those who ask for it and confirm it. undefined: any member. */
function decidingRoles({ rung, emergency }: AdmissionFacts): readonly RoleName[] | undefined {
  const from = rung?.step.approvals?.from;
  const { from: askers = [], second = [] } = (emergency !== null && rung?.step.emergency) || {};
  return from === undefined ? undefined : [...new Set([...from, ...askers, ...second])];
}

/** Saying no ends the promotion. Whoever could approve can reject; so can any member where nobody has to approve. */
export async function reject(
  tx: Transaction,
  project: Promotion['project'],
  id: string,
  ask: { readonly reason: string; readonly by: Actor & { kind: 'person' } },
  now: Instant,
): Promise<void> {
  const { stored, facts } = await waitingPromotion(tx, project, id);
  const from = decidingRoles(facts);
  const roles = rolesOf(facts.file, ask.by.id);
  if (!roles.some((role) => from === undefined || from.includes(role)))
    throw new Failure(
      'denied',
      'rejection-role-missing',
      `${ask.by.id} has none of the roles that decide on ${facts.target.name}.`,
      {
        wayOut: `Ask somebody who is ${listText(from ?? [], 'or')}.`,
      },
    );
  await endPromotion(
    tx,
    stored,
    facts.target,
    { phase: 'rejected', by: ask.by, reason: ask.reason, at: now },
    'promotion.rejected',
    ask.by,
    now,
    {
      message: `${ask.by.id} rejected ${stored.value.version} for ${facts.target.name}: ${ask.reason}`,
      payload: { reason: ask.reason },
    },
  );
}

/** Of a control plane that was restored: whoever still wants it asks again. */
export async function withdrawRestored(
  tx: Transaction,
  stored: Stored<'promotion'>,
  by: Actor,
  note: string,
  now: Instant,
): Promise<void> {
  const { project, environment, version } = stored.value;
  const target = await tx.get(project, 'environment', environment);
  if (target === undefined) return;
  const state = { phase: 'withdrawn', by, at: now } as const;
  await endPromotion(tx, stored, target.value, state, 'promotion.withdrawn', by, now, {
    message: `${version} for ${target.value.name} is withdrawn. ${note} Ask again if it is still wanted.`,
    payload: {},
  });
}

export async function withdraw(
  tx: Transaction,
  project: Promotion['project'],
  id: string,
  by: Actor,
  now: Instant,
): Promise<void> {
  const { stored, facts } = await waitingPromotion(tx, project, id);
  await endPromotion(
    tx,
    stored,
    facts.target,
    { phase: 'withdrawn', by, at: now },
    'promotion.withdrawn',
    by,
    now,
    {
      message: `${actorName(by)} withdrew ${stored.value.version} for ${facts.target.name}`,
      payload: {},
    },
  );
}
