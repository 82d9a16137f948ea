import { describe, expect, it } from 'vitest';
import type { Blocker } from '../../../domain/admission.ts';
import type { Delegation, DelegationId } from '../../../domain/delegation.ts';
import { type ActorId, instant, later, type RoleName } from '../../../domain/ids.ts';
import type { ApprovalPolicy } from '../../../domain/project-file/types.ts';
import type { Approval } from '../../../domain/promotion.ts';
import type { AdmissionFacts } from '../facts.ts';
import { aCleanAsk, ada, approvalPolicy, bo, cy, next, now } from '../facts.kit.ts';
import { missingApprovals } from './approvals.ts';

const clean = aCleanAsk();
const [lead, devops, qa] = ['lead', 'devops', 'qa'] as [RoleName, RoleName, RoleName];
const [dan, eve] = ['dan@example.org', 'eve@example.org'] as [ActorId, ActorId];

const by = (person: ActorId, other: Partial<Approval> = {}): Approval => ({
  by: person,
  roles: [],
  release: next.id,
  planHash: clean.plan.hash,
  at: instant(now - 1000),
  comment: '',
  ...other,
});

/** Whose promotion has these approvals; the asker is of quality assurance. */
function asked(
  approvals: readonly Approval[],
  policy: Partial<ApprovalPolicy> = {},
  other: Partial<AdmissionFacts> = {},
): AdmissionFacts {
  const { rung, promotion } = clean;
  if (rung === null || promotion === null) throw new Error('it waits for prod');
  const step = { ...rung.step, approvals: { ...approvalPolicy, ...policy } };
  return { ...clean, rung: { ...rung, step }, promotion: { ...promotion, approvals }, ...other };
}
const missing = (...args: Parameters<typeof asked>): Blocker | undefined =>
  missingApprovals(asked(...args), now)[0];

const away = (from: ActorId, to: ActorId, roles: readonly RoleName[]): Delegation => ({
  id: `${from} ${to}` as DelegationId,
  project: next.project,
  by: from,
  to,
  roles,
  at: instant(0),
  until: later(now, 1),
  reason: 'away',
  revoked: null,
});

describe('approvals that are missing (REL-3)', () => {
  it('are none where all are there, or none is asked for', () => {
    expect(missing([by(ada), by(bo)])).toBeUndefined();
    expect(missing([], {}, { rung: null })).toBeUndefined();
  });

  it('are counted by people first, and by different roles once there are enough of them', () => {
    const people = missing([by(ada)]);
    expect(people).toMatchObject({ effect: 'waits', earliest: null, missing: { people: 1 } });
    expect(people?.reason).toMatch(/^1 approval missing of 2 for prod; given by ada@example\.org;/u);
    expect(missing([by(ada)], { distinctRoles: 1 })).toMatchObject({ missing: { people: 1, roles: 0 } });
    const file = {
      ...clean.file,
      roles: { ...clean.file.roles, [devops]: { members: [bo, dan] } },
    };
    const roles = missing([by(bo), by(dan)], {}, { file });
    expect(roles).toMatchObject({ missing: { people: 0, roles: 1 } });
    expect(roles?.reason).toMatch(/^1 more role missing among the approvers of 2/u);
  });

  it('say who gave theirs, where anybody did, and how many roles it takes, where it takes several', () => {
    expect(missing([])?.reason).not.toContain('given by');
    expect(missing([])?.reason).toContain('2 different roles');
    expect(missing([], { distinctRoles: 1 })?.reason).toMatch(/^2 approvals missing of 2 for prod\.$/u);
  });

  it('are asked of those who are left, or of whoever else may be found', () => {
    expect(missing([])?.wayOut).toBe(`Ask ${ada} or ${bo} to approve: rung approve prod`);
    const only = missing([], { from: [qa] });
    expect(only).toMatchObject({ liftedBy: { kind: 'people', members: [] } });
    expect(only?.wayOut).toMatch(/^Ask an approver to approve/u);
  });
});

describe('those who stand in for who could approve (REL-3)', () => {
  const standing = (
    delegations: readonly Delegation[],
    approvals: readonly Approval[] = [],
    policy: Partial<ApprovalPolicy> = {},
  ) => missing(approvals, policy, { delegations });

  it('are named with them, and with whom to reach', () => {
    const blocker = standing([away(ada, eve, [lead])]);
    expect(blocker?.liftedBy).toMatchObject({
      kind: 'people',
      members: [ada, bo, eve],
      contacts: ['#leads', 'on call: +44 20 7946 0000'],
    });
    expect(blocker?.wayOut).toMatch(
      /rung approve prod\. eve@example\.org stands in for ada@example\.org\.$/u,
    );
  });

  it('are named once, where they stand in for several', () => {
    const both = standing([away(ada, eve, [lead]), away(bo, eve, [devops])]);
    expect(both?.liftedBy).toMatchObject({ members: [ada, bo, eve] });
    expect(both?.wayOut).toMatch(/stands in for ada@example\.org\. .* stands in for bo@example\.org\.$/u);
  });

  it.each<[string, readonly Delegation[], readonly Approval[], Partial<ApprovalPolicy>, readonly ActorId[]]>([
    ['whom they stand in for asked for it', [away(cy, eve, [qa])], [], {}, [ada, bo]],
    ['they asked for it themselves', [away(ada, cy, [lead])], [], {}, [ada, bo]],
    ['whom they stand in for approved it', [away(ada, eve, [lead])], [by(ada)], {}, [bo]],
    ['they approved it themselves', [away(ada, bo, [lead])], [by(bo)], {}, [ada]],
    ['their role does not approve here', [away(bo, eve, [devops])], [], { from: [lead] }, [ada]],
    [
      'one of their roles does, which is enough',
      [away(ada, eve, [lead, devops])],
      [],
      { from: [lead] },
      [ada, eve],
    ],
  ])('count as far as their word would: %s', (_, delegations, approvals, policy, members) => {
    expect(standing(delegations, approvals, policy)?.liftedBy).toMatchObject({ members });
  });
});
