import { type ApprovalFacts, countApprovals } from '../../../domain/approvals.ts';
import { standsInFor } from '../../../domain/delegation.ts';
import type { ActorId, Instant } from '../../../domain/ids.ts';
import type { Lifter } from '../../../domain/admission.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { countText, listText } from '../../../domain/wording.ts';
import type { BlockerRule } from '../admit.ts';
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

/** OPS-8, REL-3: N distinct people from named roles, bound to this release, this environment and this plan. */
export const approvals: BlockerRule = (facts, now) => {
  const asked = approvalFacts(facts, now);
  if (asked === null) return [];
  const { policy } = asked;
  const { target } = facts;
  const count = countApprovals(asked);
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
      wayOut: `Ask ${lifter.members.length === 0 ? 'an approver' : listText(lifter.members, 'or')} to approve: rung approve ${target.name}${away === '' ? '' : `.${away}`}`,
      effect: 'waits',
      liftedBy: lifter,
      earliest: null,
    },
  ];
};

type People = Lifter & { readonly kind: 'people' };

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
