import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from '../../../domain/environment.kit.ts';
import { instant, later, type PromotionId } from '../../../domain/ids.ts';
import type { Promotion } from '../../../domain/promotion.ts';
import type { RolloutState } from '../../../domain/rollout/types.ts';
import { aRollout } from '../../deliver/rollout.kit.ts';
import type { AdmissionFacts } from '../facts.ts';
import { aCleanAsk, ada, bo, cy, next, now } from '../facts.kit.ts';
import { isBacked, oneAtATime } from './one-at-a-time.ts';

const clean = aCleanAsk();
const approvals = clean.promotion?.approvals ?? [];
const unconfirmed = { expiresAt: later(now, 1000), confirmed: null };
const confirmed = {
  ...unconfirmed,
  confirmed: {
    by: { kind: 'person', id: bo },
    roles: [],
    planHash: clean.plan.hash,
    at: now,
    comment: '',
  },
} as const;

const waiting = (version: string, other: Partial<Promotion> = {}): Promotion => ({
  ...aPromotionOf(aReleaseOf(version, { web: version })),
  id: version as PromotionId,
  ...other,
});
const asking = (other: Partial<AdmissionFacts>): AdmissionFacts => aCleanAsk({ promotion: null, ...other });
const everybody = { kind: 'people', members: [ada, bo, cy] };

describe('what waits with somebody’s word behind it (OPS-9)', () => {
  it.each<[string, boolean, Partial<Promotion>]>([
    ['has an approval', true, { approvals }],
    ['has none', false, {}],
    ['has only one that expired', false, { approvals: approvals.map((one) => ({ ...one, expiredAt: now })) }],
    [
      'has one besides one that expired',
      true,
      { approvals: approvals.map((one, index) => (index === 0 ? { ...one, expiredAt: now } : one)) },
    ],
    ['is an emergency that was confirmed', true, { emergency: confirmed }],
    ['is one that was not', false, { emergency: unconfirmed }],
    ['runs already', false, { approvals, state: { phase: 'withdrawn', by: clean.requester, at: now } }],
  ])('%s: %s', (_, backed, other) => {
    expect(isBacked(waiting('1.2.0', other))).toBe(backed);
  });

  it('keeps out what is asked for now, which names the first of them and who asked for it', () => {
    const others = [waiting('1.2.0'), waiting('1.3.0', { approvals }), waiting('1.4.0', { approvals })];
    const [blocker, ...more] = oneAtATime(asking({ others }));
    expect(more).toEqual([]);
    expect(blocker).toMatchObject({ effect: 'refused', liftedBy: everybody });
    expect(blocker?.reason).toMatch(/^1\.3\.0 waits for prod .*ada@example\.org asked for it/u);
    expect(blocker?.wayOut).toContain('rung withdraw 1.3.0');
  });

  it('keeps out nothing that waits already itself', () => {
    expect(oneAtATime(aCleanAsk({ others: [waiting('1.2.0', { approvals })] }))).toEqual([]);
  });

  it('lets an emergency pass what goes the ordinary way, and that pass an emergency (REL-12)', () => {
    const ordinary = [waiting('1.2.0', { approvals })];
    const urgent = [waiting('1.2.0', { emergency: confirmed })];
    const at = (others: readonly Promotion[], emergency: AdmissionFacts['emergency']): number =>
      oneAtATime(asking({ others, emergency })).length;
    expect([at(ordinary, null), at(ordinary, unconfirmed)]).toEqual([1, 0]);
    expect([at(urgent, null), at(urgent, unconfirmed)]).toEqual([0, 1]);
  });
});

describe('what is on its way (OPS-9)', () => {
  const until = instant(now + 5000);
  const canary = { phase: 'canary', step: 0, since: now } as const;
  const back = { phase: 'rolling back', reason: { kind: 'start', detail: 'x' }, since: now } as const;
  const held = {
    phase: 'held',
    reason: { kind: 'judge lost' },
    since: now,
    from: canary,
    percent: 0,
  } as const;

  it.each<[string, RolloutState, RegExp, RegExp, object]>([
    [
      'it is on its way',
      canary,
      /1\.1\.0 is on its way in prod/u,
      /rung abort prod/u,
      { liftedBy: { kind: 'time' }, earliest: null },
    ],
    [
      'it is watched',
      { phase: 'watching', since: now, until },
      /is still being watched/u,
      /rung abort prod/u,
      { liftedBy: { kind: 'time' }, earliest: until },
    ],
    ['it is held', held, /is held in/u, /rung abort prod/u, { liftedBy: everybody, earliest: null }],
    [
      'it is taken back',
      back,
      /is being taken back/u,
      /^Wait: it lifts/u,
      { liftedBy: { kind: 'time' }, earliest: null },
    ],
  ])('says how it stands and when it may be over: %s', (_, state, reason, wayOut, lifts) => {
    const [blocker] = oneAtATime(asking({ live: aRollout(state) }));
    expect(blocker).toMatchObject({ kind: 'one at a time', effect: 'waits', ...lifts });
    expect(blocker?.reason).toMatch(reason);
    expect(blocker?.wayOut).toMatch(wayOut);
  });

  it('says to who goes back that taking it back is quicker, and to who goes on that it can be waited for', () => {
    const live = aRollout(canary);
    const says = (kind: 'promotion' | 'rollback') => oneAtATime(asking({ kind, live }))[0]?.wayOut;
    expect(says('promotion')).toMatch(/^Wait until/u);
    expect(says('rollback')).toMatch(/^Take that one back/u);
  });

  it('gives way to an emergency that a person asks for, where it is held or watched (REL-12)', () => {
    const live = aRollout(held);
    expect(oneAtATime(asking({ live, emergency: confirmed }))).toEqual([]);
    expect(oneAtATime(asking({ live, release: next }))).toHaveLength(1);
    const program = { kind: 'automation', rule: 'x' } as const;
    expect(oneAtATime(asking({ live, emergency: confirmed, requester: program }))).toHaveLength(1);
    expect(oneAtATime(asking({ live: aRollout(canary), emergency: confirmed }))).toHaveLength(1);
  });
});
