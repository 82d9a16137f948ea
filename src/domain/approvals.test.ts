import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ApprovalFacts, countApprovals, distinctRoles, voidBecause } from './approvals.ts';
import { digestOf } from './canonical.ts';
import type { Delegation, DelegationId } from './delegation.ts';
import { type ActorId, instant, type ProjectId, type ReleaseId, type RoleName } from './ids.ts';
import type { Approval } from './promotion.ts';

const [ada, bo, cy, eve] = ['ada', 'bo', 'cy', 'eve'].map((name) => `${name}@example.org` as ActorId) as [
  ActorId,
  ActorId,
  ActorId,
  ActorId,
];
const [lead, devops, qa] = ['lead', 'devops', 'qa'] as RoleName[] as [RoleName, RoleName, RoleName];
const release = digestOf('release') as string as ReleaseId;
const planHash = digestOf('plan');
const hourMs = 3_600_000;
const now = instant(100 * hourMs);

const approval = (by: ActorId, other: Partial<Approval> = {}): Approval => ({
  by,
  roles: [],
  release,
  planHash,
  at: instant(now - hourMs),
  comment: '',
  ...other,
});

const facts = (approvals: readonly Approval[], other: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
  approvals,
  policy: { count: 2, from: [lead, devops, qa], distinctRoles: 2, notRequester: true, expireMs: 24 * hourMs },
  file: {
    roles: {
      [lead]: { members: [ada] },
      [devops]: { members: [ada, bo] },
      [qa]: { members: [cy] },
    },
  },
  release,
  planHash,
  requester: { kind: 'person', id: cy },
  now,
  ...other,
});

describe('counting approvals (REL-3)', () => {
  it('is enough with two people who stand for two roles between them', () => {
    expect(countApprovals(facts([approval(ada), approval(bo)]))).toMatchObject({
      missingPeople: 0,
      missingRoles: 0,
    });
  });

  it('never counts one person twice, whatever roles they hold', () => {
    const counted = countApprovals(facts([approval(ada), approval(ada)]));
    expect(counted).toMatchObject({ missingPeople: 1, missingRoles: 1 });
  });

  it.each([
    ['of another release', approval(bo, { release: digestOf('other') as string as ReleaseId })],
    ['of another plan', approval(bo, { planHash: digestOf('other') })],
    ['that has expired', approval(bo, { at: instant(now - 24 * hourMs) })],
    ['by somebody without such a role', approval(eve)],
    ['by whoever asked, where the project bars that', approval(cy)],
  ])('counts none %s', (_, void_) => {
    expect(countApprovals(facts([approval(ada), void_]))).toMatchObject({ missingPeople: 1 });
  });

  it('counts whoever asked where the project allows it, and a program is nobody to bar', () => {
    const { policy } = facts([]);
    const allowed = facts([approval(ada), approval(cy)], { policy: { ...policy, notRequester: false } });
    expect(countApprovals(allowed).missingPeople).toBe(0);
    const automatic = facts([approval(ada), approval(cy)], { requester: { kind: 'automation', rule: 'r' } });
    expect(countApprovals(automatic).missingPeople).toBe(0);
  });

  it('asks for another role where enough people all have the same one', () => {
    const same = facts([approval(ada), approval(bo)], {
      file: { roles: { [devops]: { members: [ada, bo] } } },
    });
    expect(countApprovals(same)).toMatchObject({ missingPeople: 0, missingRoles: 1 });
  });

  it('tells whose approval could not count any more', () => {
    expect(countApprovals(facts([approval(ada)])).mayNot).toEqual([cy, ada]);
  });
});

describe('who is asked no more', () => {
  it('is whoever asked, where the project bars that', () => {
    expect(countApprovals(facts([])).mayNot).toEqual([cy]);
    const { policy } = facts([]);
    expect(countApprovals(facts([], { policy: { ...policy, notRequester: false } })).mayNot).toEqual([]);
  });

  it('is nobody, where a program asked', () => {
    const automatic = facts([], { requester: { kind: 'automation', rule: 'r' } });
    expect(countApprovals(automatic).mayNot).toEqual([]);
  });
});

describe('the roles that may approve', () => {
  it('are those that the step names, whatever else somebody holds', () => {
    const { policy } = facts([]);
    const onlyLeads = facts([approval(bo)], { policy: { ...policy, from: [lead] } });
    expect(countApprovals(onlyLeads).counted).toEqual([]);
    expect(countApprovals({ ...onlyLeads, approvals: [approval(ada)] }).counted).toHaveLength(1);
  });
});

const delegation = (by: ActorId, to: ActorId, roles: readonly RoleName[]): Delegation => ({
  id: `${by} to ${to}` as DelegationId,
  project: 'p' as ProjectId,
  by,
  to,
  roles,
  at: instant(now - 10 * hourMs),
  until: instant(now + 10 * hourMs),
  reason: 'on leave',
  revoked: null,
});

describe('approving for somebody who is away', () => {
  const awayAda = [delegation(ada, eve, [lead])];
  const forAda = approval(eve, { standingInFor: ada });

  it('counts with the roles of whoever is away', () => {
    const counted = countApprovals(facts([forAda, approval(bo)], { delegations: awayAda }));
    expect(counted).toMatchObject({ missingPeople: 0, missingRoles: 0 });
  });

  it('counts for nobody but those who asked for it', () => {
    expect(countApprovals(facts([forAda])).counted).toEqual([]);
    const forBo = approval(eve, { standingInFor: bo });
    expect(countApprovals(facts([forBo], { delegations: awayAda })).counted).toEqual([]);
  });

  it('is one voice with them, and their own word goes first', () => {
    const own = approval(ada);
    for (const approvals of [
      [own, forAda],
      [forAda, own],
    ]) {
      const { counted, missingPeople } = countApprovals(facts(approvals, { delegations: awayAda }));
      expect(counted).toEqual([own]);
      expect(missingPeople).toBe(1);
    }
  });

  it('is one voice for two who are away', () => {
    const delegations = [...awayAda, delegation(bo, eve, [devops])];
    const forBo = approval(eve, { standingInFor: bo });
    expect(countApprovals(facts([forAda, forBo], { delegations })).counted).toEqual([forAda]);
  });

  it('stands for the roles of the one who is named, not of another one who is away', () => {
    const dan = 'dan@example.org' as ActorId;
    const file = { roles: { [lead]: { members: [ada] }, [devops]: { members: [bo, dan] } } };
    const delegations = [...awayAda, delegation(bo, eve, [devops])];
    const approvals = [approval(eve, { standingInFor: bo }), approval(dan)];
    expect(countApprovals(facts(approvals, { file, delegations }))).toMatchObject({
      missingPeople: 0,
      missingRoles: 1,
    });
  });

  it('leaves neither of the two to be asked again', () => {
    expect(countApprovals(facts([forAda], { delegations: awayAda })).mayNot).toEqual([cy, eve, ada]);
  });

  it('does not get whoever asked past being barred', () => {
    const delegations = [delegation(cy, eve, [qa]), delegation(ada, cy, [lead])];
    const forCy = approval(eve, { standingInFor: cy });
    const byCy = approval(cy, { standingInFor: ada });
    expect(countApprovals(facts([forCy, byCy], { delegations })).counted).toEqual([]);
  });
});

describe('an approval that does not count', () => {
  it('says whose role, or whose standing in, has ended', () => {
    expect(voidBecause(approval(eve), facts([]))).toBe(`${eve} has none of the roles any more.`);
    const forAda = approval(eve, { standingInFor: ada });
    expect(voidBecause(forAda, facts([]))).toBe(`${eve} does not stand in for ${ada} any more.`);
    expect(voidBecause(approval(ada), facts([]))).toBeNull();
  });
});

const somebody = fc.constantFrom(ada, bo, cy, eve);
const anApproval = fc
  .record({
    by: somebody,
    planHash: fc.constantFrom(planHash, digestOf('other')),
    agoMs: fc.integer({ min: 0, max: 48 * hourMs }),
  })
  .map(({ by, planHash: hash, agoMs }) => approval(by, { planHash: hash, at: instant(now - agoMs) }));
const someApprovals = fc.array(anApproval, { maxLength: 8 });

describe('counting approvals, whatever was given', () => {
  it('counts each person once at most, and nobody who is barred or has no role', () => {
    fc.assert(
      fc.property(someApprovals, (approvals) => {
        const people = countApprovals(facts(approvals)).counted.map(({ by }) => by);
        expect(new Set(people).size).toBe(people.length);
        expect(people).not.toContain(cy);
        expect(people).not.toContain(eve);
      }),
    );
  });

  it('never misses more for one approval more', () => {
    fc.assert(
      fc.property(someApprovals, anApproval, (approvals, another) => {
        const before = countApprovals(facts(approvals));
        const after = countApprovals(facts([...approvals, another]));
        const renews = approvals.some((one) => one.by === another.by);
        if (renews) return;
        expect(after.missingPeople).toBeLessThanOrEqual(before.missingPeople);
        expect(after.missingRoles).toBeLessThanOrEqual(before.missingRoles);
      }),
    );
  });

  it('never turns a good approval void because the same person gave a void one, too', () => {
    fc.assert(
      fc.property(someApprovals, (approvals) => {
        const good = approval(ada);
        expect(countApprovals(facts([...approvals, good])).counted.map(({ by }) => by)).toContain(ada);
        expect(countApprovals(facts([good, ...approvals])).counted.map(({ by }) => by)).toContain(ada);
      }),
    );
  });

  it('does not depend on the order in which they were given', () => {
    fc.assert(
      fc.property(someApprovals, (approvals) => {
        const one = countApprovals(facts(approvals));
        const other = countApprovals(facts(approvals.toReversed()));
        expect([other.missingPeople, other.missingRoles]).toEqual([one.missingPeople, one.missingRoles]);
      }),
    );
  });

  it('only ever loses approvals with time', () => {
    fc.assert(
      fc.property(someApprovals, fc.integer({ min: 0, max: 48 * hourMs }), (approvals, laterMs) => {
        const today = countApprovals(facts(approvals)).counted.length;
        const then = countApprovals(facts(approvals, { now: instant(now + laterMs) })).counted.length;
        expect(then).toBeLessThanOrEqual(today);
      }),
    );
  });
});

/** Every way of giving each person one role or none: slow, and surely right. */
function bestByTrying(holders: readonly (readonly RoleName[])[], taken: readonly RoleName[] = []): number {
  const [first, ...rest] = holders;
  if (first === undefined) return taken.length;
  const free = first.filter((role) => !taken.includes(role));
  return Math.max(bestByTrying(rest, taken), ...free.map((role) => bestByTrying(rest, [...taken, role])));
}

describe('roles between people', () => {
  it('are as many as any choice of one role for each person could give', () => {
    const roles = fc.uniqueArray(fc.constantFrom(lead, devops, qa, 'owner' as RoleName));
    fc.assert(
      fc.property(fc.array(roles, { maxLength: 5 }), (holders) => {
        expect(distinctRoles(holders)).toBe(bestByTrying(holders));
      }),
    );
  });
});
