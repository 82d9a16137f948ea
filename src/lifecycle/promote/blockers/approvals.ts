import { type ApprovalCount, type ApprovalFacts, countApprovals } from '../../../domain/approvals.ts';
import { standsInFor } from '../../../domain/delegation.ts';
import type { ActorId, Instant } from '../../../domain/ids.ts';
import type { Blocker, People } from '../../../domain/admission.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { countText, listText, someText } from '../../../domain/wording.ts';
import type { AdmissionFacts } from '../facts.ts';

/** What approvals are counted from; null where nobody has to approve. */
export function approvalFacts(facts: AdmissionFacts, now: Instant): ApprovalFacts | null {
  const policy = facts.rung?.step.approvals;
  if (policy === undefined) return null;
  const { promotion, plan, release, file, requester, delegations } = facts;
  return {
    approvals: promotion?.approvals ?? [],
    policy,
    file,
    release: release.id,
    planHash: plan.hash,
    requester,
    delegations,
    now,
  };
}

/** What was asked for, and how far it is given. */
export interface Counted {
  readonly asked: ApprovalFacts;
  readonly count: ApprovalCount;
}

/** Counted once for an admission: the blocker and the team's own rules look at the same. null: nobody has to approve. */
export function countedIn(facts: AdmissionFacts, now: Instant): Counted | null {
  const asked = approvalFacts(facts, now);
  return asked === null ? null : { asked, count: countApprovals(asked) };
}

/** OPS-8, REL-3: N distinct people from named roles, bound to this release, this environment and this plan. */
export function approvals(facts: AdmissionFacts, counted: Counted | null): readonly Blocker[] {
  if (counted === null) return [];
  const { asked, count } = counted;
  const { policy } = asked;
  const { target } = facts;
  if (count.missingPeople === 0 && count.missingRoles === 0) return [];
  const given = listText(count.counted.map((approval) => approval.by));
  const wanted =
    count.missingPeople > 0
      ? `${countText(count.missingPeople, 'approval')} missing`
      : `${countText(count.missingRoles, 'more role')} missing among the approvers`;
  const { lifter, standIns } = whoMay(facts, asked, count.mayNot);
  const away = standIns.map(({ person, absent }) => ` ${person} stands in for ${absent}.`).join('');
  return [
    {
      kind: 'approvals',
      reason: `${wanted} of ${policy.count} for ${target.name}${given === '' ? '' : `; given by ${given}`}${policy.distinctRoles > 1 ? `; ${policy.distinctRoles} different roles between them` : ''}.`,
      wayOut: `Ask ${lifter.members.length === 0 ? 'an approver' : someText(lifter.members, 'or')} to approve: rung approve ${target.name}${away === '' ? '' : `.${away}`}`,
      effect: 'waits',
      liftedBy: lifter,
      earliest: null,
      missing: { people: count.missingPeople, roles: count.missingRoles },
    },
  ];
}

/** The same, of what was not counted yet. */
export const missingApprovals = (facts: AdmissionFacts, now: Instant): readonly Blocker[] =>
  approvals(facts, countedIn(facts, now));

/** Those whose approval would count, with those who stand in for somebody of them. */
function whoMay(
  { file, delegations }: AdmissionFacts,
  { policy, now }: ApprovalFacts,
  mayNot: readonly ActorId[],
): { readonly lifter: People; readonly standIns: readonly { person: ActorId; absent: ActorId }[] } {
  const lifter = peopleOf(file, policy.from, mayNot);
  const standIns = [...new Set(delegations.map(({ to }) => to))]
    .filter((person) => !mayNot.includes(person))
    .flatMap((person) =>
      standsInFor(delegations, file, person, now)
        .filter(
          ({ absent, roles }) => !mayNot.includes(absent) && roles.some((role) => policy.from.includes(role)),
        )
        .map(({ absent }) => ({ person, absent })),
    );
  const members = [...new Set([...lifter.members, ...standIns.map(({ person }) => person)])];
  return { lifter: { ...lifter, members }, standIns };
}
