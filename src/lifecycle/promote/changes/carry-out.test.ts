import { describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../../domain/change-request.ts';
import { aPromotionOf } from '../../../domain/environment.kit.ts';
import { instant, later, type RolloutId } from '../../../domain/ids.ts';
import type { Promotion, PromotionState } from '../../../domain/promotion.ts';
import { aRollout } from '../../deliver/rollout.kit.ts';
import { ada, cy, next, now } from '../facts.kit.ts';
import { keeping, type There } from '../kept.kit.ts';
import { aChange, approvalOf } from './change.kit.ts';
import { carriedOutBy, reconcileChange } from './carry-out.ts';

const minuteMs = 60_000;
const promotion = aPromotionOf(next);
const person = { kind: 'person', id: cy } as const;
const approved: ChangeRequest = {
  ...aChange,
  approvals: [approvalOf(ada, undefined, promotion.plan.hash)],
  state: { phase: 'approved', at: now },
};
const carrying: ChangeRequest = {
  ...approved,
  state: { phase: 'implementing', promotion: promotion.id, since: now },
};

describe('a change request whose promotion starts (REL-7)', () => {
  it.each([approved, aChange])('is being carried out from then on, approved or not', async (change) => {
    const kept = await keeping(['change', change]);
    const after = await kept.act((tx) => carriedOutBy(tx, promotion, change, now));
    expect(after).toEqual({ ...promotion, change: 'CHG-0007' });
    expect((await kept.get('change', 'CHG-0007')).state).toEqual(carrying.state);
    expect(kept.wakeUps()).toEqual([{ key: 'change/CHG-0007', project: change.project, at: now }]);
    expect(await kept.told()).toMatchObject([
      {
        kind: 'change-request.started',
        actor: { kind: 'automation' },
        payload: { promotion: promotion.id },
      },
    ]);
  });

  it.each<[string, ChangeRequest, ChangeRequest]>([
    [
      'it was rejected',
      { ...approved, state: { phase: 'rejected', by: person, reason: '', at: now } },
      approved,
    ],
    ['it was carried out by another one meanwhile', approved, carrying],
  ])('is left as it is where %s', async (_, seen, kept) => {
    const store = await keeping(['change', kept]);
    expect(await store.act((tx) => carriedOutBy(tx, promotion, seen, now))).toBe(promotion);
    expect(await store.get('change', 'CHG-0007')).toEqual(kept);
    expect([store.woken(), await store.told()]).toEqual([[], []]);
  });

  it('need not be there at all', async () => {
    const store = await keeping();
    expect(await store.act((tx) => carriedOutBy(tx, promotion, null, now))).toBe(promotion);
    expect(await store.act((tx) => carriedOutBy(tx, promotion, approved, now))).toBe(promotion);
  });
});

const rollout = 'rollout' as RolloutId;
const at = later(now, 20 * minuteMs);
const fullAt = later(now, 10 * minuteMs);

async function closedAfter(state: PromotionState, course?: Promotion['course']) {
  const advances = [
    { by: person, reason: '', at: now, despite: { kind: 'judge lost' }, fromPercent: 1, toPercent: 2 },
  ] as const;
  const live = aRollout({ phase: 'succeeded', at }, { id: rollout, advances, project: next.project });
  const kept = await keeping(
    ['change', carrying],
    ['promotion', { ...promotion, state, ...(course !== undefined && { course }) }],
    ['rollout', live],
  );
  const reconciled = await kept.act((tx) => reconcileChange(tx, next.project, 'CHG-0007', at));
  expect(reconciled).toEqual({ wakeAt: null });
  return { ...kept, change: await kept.get('change', 'CHG-0007') };
}
const full = { fullAt, takenBackAt: null, holds: [] };

describe('a change request whose promotion ended (REL-7)', () => {
  it.each<[string, PromotionState, Promotion['course'], object, number]>([
    [
      'when it served everything',
      { phase: 'succeeded', rollout, at },
      full,
      { outcome: 'implemented', endedAt: fullAt },
      1,
    ],
    [
      'at once, where nothing was rolled out',
      { phase: 'succeeded', rollout: null, at },
      undefined,
      { outcome: 'implemented', endedAt: at },
      0,
    ],
    [
      'when it was taken back',
      { phase: 'rolled back', rollout, reason: 'x', at },
      full,
      { outcome: 'taken back', endedAt: at },
      2,
    ],
    [
      'when taking it back failed',
      { phase: 'failed', rollout, reason: 'x', at },
      full,
      { outcome: 'failed', endedAt: at },
      2,
    ],
    [
      'when another one took its place',
      { phase: 'superseded', by: promotion.id, at },
      full,
      { outcome: 'superseded', endedAt: fullAt },
      0,
    ],
    [
      'when that was before it served',
      { phase: 'superseded', by: promotion.id, at },
      undefined,
      { outcome: 'superseded', endedAt: at },
      0,
    ],
    [
      'when somebody withdrew it',
      { phase: 'withdrawn', by: person, at },
      undefined,
      { outcome: 'superseded' },
      0,
    ],
    [
      'when somebody rejected it',
      { phase: 'rejected', by: person, reason: '', at },
      undefined,
      { outcome: 'superseded' },
      0,
    ],
  ])('is closed with what came of it: %s', async (_, state, course, outcome, deviations) => {
    const { change, told } = await closedAfter(state, course);
    expect(change.state).toMatchObject({
      phase: 'closed',
      promotion: promotion.id,
      startedAt: now,
      at,
      ...outcome,
    });
    const found = change.state.phase === 'closed' ? change.state.deviations : [];
    expect(found).toHaveLength(deviations);
    const [event, ...more] = await told();
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      kind: 'change-request.closed',
      actor: { kind: 'automation' },
      payload: { promotion: promotion.id, ...outcome, startedAt: now, deviations: found },
    });
    expect(event?.message).toContain(
      ['as it was planned', 'with 1 deviation:', 'with 2 deviations:'][deviations] ?? '',
    );
  });

  it.each<[string, PromotionState]>([
    ['waits', { phase: 'waiting' }],
    ['runs', { phase: 'running', rollout, since: now }],
  ])('stays open while its promotion %s', async (_, state) => {
    const { change, told } = await closedAfter(state);
    expect([change, await told()]).toEqual([carrying, []]);
  });

  it('is closed though its rollout is not kept any more', async () => {
    const state = { phase: 'succeeded', rollout, at } as const;
    const kept = await keeping(['change', carrying], ['promotion', { ...promotion, state }]);
    await kept.act((tx) => reconcileChange(tx, next.project, 'CHG-0007', at));
    expect((await kept.get('change', 'CHG-0007')).state).toMatchObject({ phase: 'closed', deviations: [] });
  });

  it('is left alone where it is not carried out, or by nothing that is there', async () => {
    const reconcile = async (...there: readonly There[]) => {
      const kept = await keeping(...there);
      await kept.act((tx) => reconcileChange(tx, next.project, 'CHG-0007', instant(at)));
      return kept;
    };
    expect(await (await reconcile()).told()).toEqual([]);
    expect(await (await reconcile(['change', carrying])).told()).toEqual([]);
    const done = { ...promotion, state: { phase: 'succeeded', rollout: null, at } } as const;
    const open = await reconcile(['change', approved], ['promotion', done]);
    expect(await open.get('change', 'CHG-0007')).toEqual(approved);
  });
});
