import { expect, it } from 'vitest';
import { nextLiftMs } from './next-lift.ts';
import type { Blocker, BoardView } from './views.ts';

const soakUntil = (earliest: number | null): Blocker => ({
  kind: 'soak',
  reason: '1.4.0 has run in test for 3 min of 24 h',
  wayOut: 'Wait.',
  effect: 'waits',
  liftedBy: { kind: 'time' },
  earliest,
});
const board = (...blockers: readonly Blocker[]): Pick<BoardView, 'ways' | 'promotions' | 'now'> => ({
  now: 10_000,
  promotions: [],
  ways: [
    {
      pipeline: 'main',
      from: 'test',
      to: 'staging',
      release: null,
      promotion: null,
      summary: '',
      waitsFor: [],
      admission: { allowed: false, blockers, gates: [] },
    },
  ],
});

it('reads the board again when the first soak is over, for no event tells of that', () => {
  expect(nextLiftMs(board(soakUntil(70_000), soakUntil(40_000)))).toBe(30_150);
  expect(nextLiftMs(board(soakUntil(null)))).toBeNull();
});

it('does not ask without end after what is late', () => {
  expect(nextLiftMs(board(soakUntil(9_000)))).toBe(1000);
});
