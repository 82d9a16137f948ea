import { describe, expect, it } from 'vitest';
import {
  authorsOf,
  type ChangeApproval,
  type ChangePhase,
  type ChangeRequest,
  type ChangeState,
  changeNumber,
  countingApprovals,
  countOfChange,
  formDigest,
  isLiveChange,
  isUndecided,
} from './change-request.ts';
import { digestOf } from './canonical.ts';
import {
  type ActorId,
  type EnvironmentId,
  instant,
  type ProjectId,
  type ReleaseId,
  type RoleName,
} from './ids.ts';

const [ada, bo, cy, eve] = ['ada', 'bo', 'cy', 'eve'] as ActorId[] as [ActorId, ActorId, ActorId, ActorId];
const [lead, qa] = ['lead', 'qa'] as RoleName[] as [RoleName, RoleName];
const file = { roles: { [lead]: { members: [ada, bo] }, [qa]: { members: [cy] } } };

const change: ChangeRequest = {
  id: changeNumber(7),
  project: 'p' as ProjectId,
  environment: 'prod' as EnvironmentId,
  tree: 'tree',
  release: 'r' as ReleaseId,
  version: '1.0.0',
  form: {
    reference: null,
    type: 'normal',
    risk: 'low',
    window: { from: instant(0), to: instant(1) },
    rollbackMinutes: 5,
    testing: 'done',
    communication: 'none',
    description: 'what it does',
  },
  requestedBy: { kind: 'person', id: ada },
  requestedAt: instant(0),
  editedBy: null,
  approvals: [],
  notes: [],
  state: { phase: 'open' },
};

const approval = (by: ActorId, other: Partial<ChangeApproval> = {}): ChangeApproval => ({
  by,
  roles: [],
  form: formDigest(change),
  plan: digestOf('plan'),
  at: instant(0),
  comment: '',
  ...other,
});

const countedOf = (approvals: readonly ChangeApproval[], from: readonly RoleName[] = []) =>
  countingApprovals({ ...change, approvals }, from, file).map(({ by }) => by);

describe('the approvals of a change request (REL-7)', () => {
  it('count where they are of what it says now', () => {
    expect(countedOf([approval(bo), approval(cy)])).toEqual([bo, cy]);
    expect(countedOf([approval(bo, { form: digestOf('earlier') })])).toEqual([]);
    const elsewhere = { ...change, tree: 'another', approvals: [approval(bo)] };
    expect(countingApprovals(elsewhere, [], file)).toEqual([]);
  });

  it('count of the roles that are asked for, of every role where none is named, and of nobody without one', () => {
    expect(countedOf([approval(bo), approval(cy)], [qa])).toEqual([cy]);
    expect(countedOf([approval(eve)])).toEqual([]);
  });

  it('never count of whoever asked for it, or changed it last', () => {
    expect(countedOf([approval(ada)])).toEqual([]);
    const edited: ChangeRequest = { ...change, editedBy: { kind: 'person', id: cy } };
    expect(authorsOf(edited)).toEqual([ada, cy]);
    expect(authorsOf({ ...change, requestedBy: { kind: 'automation', rule: 'r' } })).toEqual([]);
  });
});

describe('the phases of a change request', () => {
  const ended = {
    promotion: 'x',
    startedAt: instant(0),
    endedAt: instant(1),
    deviations: [],
    at: instant(1),
  };
  const by = { kind: 'person', id: ada } as const;
  const states = [
    { phase: 'open' },
    { phase: 'approved', at: instant(0) },
    { phase: 'rejected', by, reason: 'no', at: instant(0) },
    { phase: 'implementing', promotion: 'x', since: instant(0) },
    { phase: 'closed', outcome: 'implemented', ...ended },
  ] as readonly ChangeState[];
  const phasesThat = (holds: (one: { state: ChangeState }) => boolean): readonly ChangePhase[] =>
    states.filter((state) => holds({ state })).map(({ phase }) => phase);

  it('leave it to be changed until it is decided, and let no second one in before it has ended', () => {
    expect(phasesThat(isUndecided)).toEqual(['open', 'approved']);
    expect(phasesThat(isLiveChange)).toEqual(['open', 'approved', 'implementing']);
  });
});

it('numbers change requests with four digits, and more once they are needed', () => {
  expect([1, 42, 12_345].map(changeNumber)).toEqual(['CHG-0001', 'CHG-0042', 'CHG-12345']);
  expect(countOfChange(changeNumber(42))).toBe(42);
});
