import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { later } from '../../domain/ids.ts';
import type { Promotion, PromotionState } from '../../domain/promotion.ts';
import { ada, aCleanAsk, now } from '../promote/facts.kit.ts';
import { promotionView } from './promotion-view.ts';

const facts = aCleanAsk();
const planned = { ...facts.plan, hash: digestOf('as it was planned') };
const approvals = [
  { by: ada, roles: [], release: facts.release.id, planHash: digestOf('another plan'), at: now, comment: '' },
];
const promotion: Promotion = {
  ...aCleanAsk().promotion,
  id: 'p1' as Promotion['id'],
  environment: facts.target.id,
  plan: planned,
  approvals,
} as Promotion;
const show = (other: Partial<Promotion> = {}, around = facts) =>
  promotionView({ ...promotion, ...other }, { ...around, promotion: { ...promotion, ...other } }, now);

describe('a promotion that waits', () => {
  it('is shown with the plan as it would be now, what stands in its way, and which approvals are void', () => {
    const view = show();
    expect(view).toMatchObject({
      id: 'p1',
      kind: 'promotion',
      environment: 'prod',
      release: { id: facts.release.id, version: '1.1.0' },
      plan: facts.plan,
      admission: { allowed: false },
      exception: null,
      notes: facts.release.notes,
    });
    expect(view.admission.blockers.map(({ kind }) => kind)).toEqual(['approvals']);
    expect(view.approvals[0]).toHaveProperty('void');
    expect(view).not.toHaveProperty('emergency');
  });
});

describe('a promotion that does not wait any more', () => {
  const states: readonly PromotionState[] = [
    { phase: 'running', rollout: 'r' as never, since: now },
    { phase: 'succeeded', rollout: null, at: now },
  ];

  it.each(states)('is shown as it went: %j', (state) => {
    const gates = [{ gate: 'smoke' }] as unknown as NonNullable<Promotion['gates']>;
    const view = show({ state, gates });
    expect(view).toMatchObject({ plan: planned, admission: { allowed: true, blockers: [], gates } });
    expect(view.approvals).toEqual(approvals);
    expect(show({ state }).admission).toEqual({ allowed: true, blockers: [], gates: [] });
  });
});

describe('how many have to approve a promotion', () => {
  const emergency = { expiresAt: later(now, 1), confirmed: null };

  it.each([
    ['as its rung asks for', {}, 2],
    ['nobody, for a rollback', { kind: 'rollback' as const }, 0],
    ['nobody, in an emergency', { emergency }, 0],
  ])('is %s', (_, other, needed) => {
    expect(show(other).approvalsNeeded).toBe(needed);
  });

  it('is nobody where it stands on no rung', () => {
    expect(show({}, { ...facts, rung: null }).approvalsNeeded).toBe(0);
  });
});

it('shows by what exception and in what emergency a promotion was asked for', () => {
  const emergency = { expiresAt: later(now, 1), confirmed: null };
  const exception = { id: 'x' } as unknown as NonNullable<Promotion['exception']>;
  expect(
    show({ emergency, exception, state: { phase: 'running', rollout: 'r' as never, since: now } }),
  ).toMatchObject({
    emergency,
    exception,
  });
});
