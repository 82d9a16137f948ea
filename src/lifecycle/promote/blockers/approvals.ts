import { countApprovals } from '../../../domain/approvals.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { countText, listText } from '../../../domain/wording.ts';
import type { BlockerRule } from '../admit.ts';

/** OPS-8, REL-3: N distinct people from named roles, bound to this release, this environment and this plan. */
export const approvals: BlockerRule = ({ rung, promotion, plan, release, file, requester, target }, now) => {
  const policy = rung?.step.approvals;
  if (policy === undefined) return [];
  const count = countApprovals({
    approvals: promotion?.approvals ?? [],
    policy,
    file,
    release: release.id,
    planHash: plan.hash,
    requester,
    now,
  });
  if (count.missingPeople === 0 && count.missingRoles === 0) return [];
  const given = listText(count.counted.map((approval) => approval.by));
  const wanted =
    count.missingPeople > 0
      ? `${countText(count.missingPeople, 'approval')} missing`
      : `${countText(count.missingRoles, 'more role')} missing among the approvers`;
  const lifter = peopleOf(file, policy.from, count.mayNot);
  return [
    {
      kind: 'approvals',
      reason: `${wanted} of ${policy.count} for ${target.name}${given === '' ? '' : `; given by ${given}`}${policy.distinctRoles > 1 ? `; ${policy.distinctRoles} different roles between them` : ''}.`,
      wayOut: `Ask ${lifter.kind === 'people' ? listText(lifter.members, 'or') : 'an approver'} to approve: rung approve ${target.name}`,
      effect: 'waits',
      liftedBy: lifter,
      earliest: null,
    },
  ];
};
