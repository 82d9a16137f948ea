import { describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { digestOf } from '../canonical.ts';
import { type ActorId, type EnvironmentId, instant, type ProjectId } from '../ids.ts';
import type { ApprovalPolicy, Tier } from '../project-file/types.ts';
import {
  askersOf,
  countRulesApprovals,
  isProtected,
  proposalHash,
  type ProposalId,
  proposalPolicy,
  type RulesApproval,
  type RulesProposal,
} from './index.ts';
import { dev, file, hourMs, person, prod, role, step, withoutInStep, withSpec } from './ruling.kit.ts';

const [ada, bo, cy] = [person('ada'), person('bo'), person('cy')];
const now = instant(100 * hourMs);
const environment = 'e-1' as EnvironmentId;
const [before, after] = [digestOf('before'), digestOf('after')];
const hash = proposalHash(environment, before, after);
const policy: ApprovalPolicy = {
  count: 2,
  from: [role('lead'), role('qa')],
  distinctRoles: 2,
  notRequester: true,
  expireMs: 24 * hourMs,
};
const anybody = { ...policy, notRequester: false };
const merge: Actor = { kind: 'automation', rule: 'merge into main' };

const approval = (by: ActorId, other: Partial<RulesApproval> = {}): RulesApproval => ({
  by,
  roles: [],
  hash,
  at: instant(now - hourMs),
  comment: '',
  ...other,
});
const proposal = (other: Partial<RulesProposal> = {}): RulesProposal => ({
  id: 'p-1' as ProposalId,
  project: 'access' as ProjectId,
  environment,
  from: before,
  to: after,
  branch: 'main',
  changes: [],
  hash,
  proposedBy: { kind: 'person', id: person('dee') },
  proposedAt: instant(now - 2 * hourMs),
  approvals: [],
  state: { phase: 'waiting' },
  ...other,
});

const count = (other: Partial<RulesProposal>, by = policy) =>
  countRulesApprovals(proposal(other), file, by, now);

describe('a project file that weakens rules (INF-7)', () => {
  it.each<[Tier, boolean]>([
    ['production', true],
    ['staging', true],
    ['testing', false],
    ['development', false],
    ['preview', false],
  ])('for an environment of tier %s needs its approvers: %s', (tier, needed) => {
    expect(isProtected(withSpec({ tier }), prod)).toBe(needed);
  });

  it('needs nobody where the rules in force have no such environment', () => {
    expect(isProtected({ ...file, environments: {} }, prod)).toBe(false);
  });

  it('waits for those who approve releases there, by the rules in force', () => {
    expect(proposalPolicy(file, prod)).toBe(step.approvals);
  });

  it('waits for one member, who may be the one who asks, where a release needs nobody', () => {
    const one = { count: 1, distinctRoles: 1, notRequester: false, expireMs: 24 * hourMs };
    expect(proposalPolicy(withoutInStep('approvals'), prod)).toEqual({
      ...one,
      from: Object.keys(file.roles),
    });
    expect(proposalPolicy({ ...file, pipelines: {} }, dev)).toEqual({
      ...one,
      from: Object.keys(file.roles),
    });
  });

  it('waits for nobody where nobody has a role, and for the only one who has', () => {
    const alone = { [role('lead')]: { members: [] }, [role('qa')]: { members: [cy] } };
    expect(proposalPolicy({ ...withoutInStep('approvals'), roles: alone }, prod)).toMatchObject({ count: 1 });
    const empty = { [role('lead')]: { members: [] } };
    expect(proposalPolicy({ ...withoutInStep('approvals'), roles: empty }, prod)).toBeNull();
    expect(proposalPolicy({ ...withoutInStep('approvals'), roles: {} }, prod)).toBeNull();
  });

  it('is asked for by whoever proposes it and by whoever wrote its commits, where these may not approve', () => {
    const brought = proposal({ proposedBy: { kind: 'person', id: ada }, writtenBy: [bo] });
    expect(askersOf(brought, policy)).toEqual([ada, bo]);
    expect(askersOf(brought, anybody)).toEqual([]);
    expect(askersOf(proposal({ proposedBy: merge, writtenBy: [bo] }), policy)).toEqual([bo]);
    expect(askersOf(proposal({ proposedBy: merge }), policy)).toEqual([]);
  });

  it('is agreed to by as many people and roles as a release needs', () => {
    expect(count({ approvals: [approval(ada), approval(cy)] })).toMatchObject({
      counted: [{ by: ada }, { by: cy }],
      missingPeople: 0,
      missingRoles: 0,
    });
    expect(count({ approvals: [approval(ada), approval(bo)] })).toMatchObject({ missingRoles: 1 });
    expect(count({})).toMatchObject({ counted: [], missingPeople: 2 });
  });

  it('is agreed to for another file, or too long ago, by nobody', () => {
    const other = proposalHash(environment, before, digestOf('another'));
    expect(count({ approvals: [approval(ada, { hash: other })] })).toMatchObject({ missingPeople: 2 });
    expect(count({ approvals: [approval(ada, { at: instant(now - 24 * hourMs) })] })).toMatchObject({
      missingPeople: 2,
    });
  });

  it('is not agreed to by those who wrote it, though a merge brought it', () => {
    const brought = { proposedBy: merge, writtenBy: [ada], approvals: [approval(ada), approval(cy)] };
    expect(count(brought)).toMatchObject({ counted: [{ by: cy }], missingPeople: 1 });
    expect(count(brought).mayNot).toEqual([cy, ada]);
    expect(count(brought, anybody)).toMatchObject({ missingPeople: 0, mayNot: [ada, cy] });
  });

  it('names whoever asks once among those who may not agree', () => {
    expect(count({ proposedBy: { kind: 'person', id: ada }, writtenBy: [ada, bo] }).mayNot).toEqual([
      ada,
      bo,
    ]);
  });
});
