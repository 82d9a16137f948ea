import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../domain/canonical.ts';
import type { ChangeRequest, ChangeState } from '../../../domain/change-request.ts';
import type { GateState } from '../../../domain/gate.ts';
import { instant, type PromotionId, type RoleName } from '../../../domain/ids.ts';
import { aChange as open, approvalOf as approval } from '../changes/change.kit.ts';
import { ada, bo, cy, now } from '../facts.kit.ts';
import { type Judged, judged } from './gate.kit.ts';

const hourMs = 3_600_000;
const [lead, qa] = ['lead', 'qa'] as [RoleName, RoleName];

const approved: ChangeRequest = {
  ...open,
  approvals: [approval(ada)],
  state: { phase: 'approved', at: now },
};

const stands = (change: ChangeRequest | null, from: readonly RoleName[] = [lead], at = now): Judged =>
  judged({ kind: 'change-request', from }, [], { change }, at);

const everybody = { kind: 'people', members: [ada, bo, cy] };
const promotion = 'p' as PromotionId;
const closed: ChangeState = {
  phase: 'closed',
  promotion,
  startedAt: now,
  endedAt: now,
  outcome: 'taken back',
  deviations: [],
  at: now,
};

describe('the gate of a change request (REL-7)', () => {
  it.each<[string, ChangeRequest | null, string]>([
    ['there is none', null, 'There is no change request'],
    [
      'it was rejected',
      { ...open, state: { phase: 'rejected', by: open.requestedBy, reason: 'too risky', at: now } },
      'too risky',
    ],
    ['it was carried out once already', { ...open, state: closed }, 'taken back'],
  ])('asks for another one where %s', (_, change, says) => {
    const answer = stands(change);
    expect(answer).toMatchObject({ state: 'missing', blocker: { liftedBy: everybody, earliest: null } });
    expect(answer.says).toContain(says);
    expect(answer.wayOut).toContain('rung change-request create 1.1.0 --to prod');
  });

  it('waits for the promotion that carries it out', () => {
    const state = { phase: 'implementing', promotion, since: now } as const;
    expect(stands({ ...open, state })).toMatchObject({
      state: 'missing',
      blocker: { liftedBy: { kind: 'promotion', environment: 'prod' } },
    });
  });

  it('names those who can approve it, without who wrote it', () => {
    const byLead = { kind: 'person', id: ada } as const;
    expect(stands(open).blocker?.liftedBy).toMatchObject({ roles: [lead], members: [ada] });
    expect(stands({ ...open, requestedBy: byLead }, [lead, qa]).blocker?.liftedBy).toMatchObject({
      members: [cy],
    });
    expect(stands(open, []).blocker?.liftedBy).toMatchObject({ members: [ada, bo] });
    expect(stands(open).wayOut).toContain('rung change-request approve CHG-0007');
  });

  it('tells what nobody approved from what was changed after that', () => {
    expect(stands(open)).toMatchObject({ state: 'missing' });
    expect(stands(open).says).toContain('not approved yet');
    const changed = stands({ ...open, approvals: [approval(ada, digestOf('before'))] });
    expect(changed).toMatchObject({ state: 'missing' });
    expect(changed.says).toContain(`was changed after ${ada} approved it`);
  });

  it('is closed once whoever approved it has the role no more', () => {
    const answer = stands(approved, [qa]);
    expect(answer).toMatchObject({ state: 'failed', blocker: { liftedBy: { members: [] } } });
    expect(answer.says).toContain(`${ada} approved CHG-0007 and may not any more`);
  });

  it.each<[string, number, GateState]>([
    ['a moment before it begins', -hourMs / 2 - 1, 'waits'],
    ['when it begins', -hourMs / 2, 'passed'],
    ['within it', 0, 'passed'],
    ['a moment before its end', hourMs / 2 - 1, 'passed'],
    ['at its end', hourMs / 2, 'failed'],
  ])('is open within its window alone: %s', (_, ms, state) => {
    const answer = stands(approved, [lead], instant(now + ms));
    expect(answer.state).toBe(state);
    expect(answer.says).toContain(' UTC');
    const blockers: Readonly<Partial<Record<GateState, object>>> = {
      waits: { liftedBy: { kind: 'time' }, earliest: approved.form.window.from },
      failed: { liftedBy: everybody, earliest: null },
    };
    expect(answer.blocker).toEqual(state === 'passed' ? null : expect.objectContaining({ effect: 'waits' }));
    if (answer.blocker !== null) expect(answer.blocker).toMatchObject(blockers[state] ?? {});
  });

  it('names all whose approval counts', () => {
    const both = { ...approved, approvals: [approval(ada), approval(bo), approval(cy)] };
    expect(stands(both, []).says).toContain(`approved by ${ada} and ${bo},`);
  });
});
