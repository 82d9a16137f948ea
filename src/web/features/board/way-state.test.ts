import { expect, it } from 'vitest';
import type { Blocker, PromotionView, WayView } from '../../api/views.ts';
import { wayStateOf } from './way-state.ts';

const blocker = (effect: Blocker['effect']): Blocker => ({
  kind: 'soak',
  reason: '1.4.0 has run in test for 3 min of 24 h',
  wayOut: 'Wait.',
  effect,
  liftedBy: { kind: 'time' },
  earliest: 1,
});
const way = (blockers: readonly Blocker[]): WayView => ({
  pipeline: 'main',
  from: 'test',
  to: 'staging',
  release: { id: 'sha256:1', version: '1.4.0' },
  promotion: null,
  admission: { allowed: blockers.length === 0, blockers, gates: [] },
  summary: 'soak 20 h 51 min',
  waitsFor: ['soak 20 h 51 min'],
});
const board = { promotions: [], environments: [], rollouts: [] };

it('offers the way that is open', () => {
  expect(wayStateOf(way([]), board)).toEqual({ kind: 'open', version: '1.4.0' });
});

it('lets one ask where time or people will lift what is in the way, and not where it is refused', () => {
  expect(wayStateOf(way([blocker('waits')]), board).kind).toBe('waits');
  expect(wayStateOf(way([blocker('waits'), blocker('refused')]), board).kind).toBe('refused');
});

it('says that there is nothing to send where the rung before is empty', () => {
  expect(wayStateOf({ ...way([]), release: null, admission: null }, board)).toEqual({
    kind: 'even',
    words: 'nothing to send yet',
  });
});

it('has room for two of the things in the way, and counts the rest', () => {
  const three = [
    { ...blocker('refused'), kind: 'role unknown' as const },
    { ...blocker('refused'), kind: 'marked' as const },
    { ...blocker('waits'), kind: 'approvals' as const },
  ];
  const waitsFor = ['not yours to ask', 'was taken back', '2 approvals missing'];
  expect(wayStateOf({ ...way(three), waitsFor }, board)).toMatchObject({
    words: 'was taken back, then 2 approvals missing +1',
  });
});

it('lets a person answer the ask of a merge, and says whether anything else is missing (REL-1)', () => {
  const merged = { ...blocker('waits'), kind: 'merged' as const };
  const promotion = {
    id: 'promotion-1',
    release: { id: 'sha256:1', version: '1.4.0' },
    state: { phase: 'waiting' },
  } as unknown as PromotionView;
  const asked = (blockers: readonly Blocker[]) =>
    wayStateOf({ ...way(blockers), promotion: promotion.id }, { ...board, promotions: [promotion] });
  expect(asked([merged])).toMatchObject({ kind: 'asked', merge: 'ready' });
  expect(asked([merged, blocker('waits')])).toMatchObject({ kind: 'asked', merge: 'misses more' });
  expect(asked([blocker('waits')])).toMatchObject({ kind: 'asked', merge: null });
});
