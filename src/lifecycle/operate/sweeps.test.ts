import { describe, expect, it } from 'vitest';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { sweepEvery } from './sweeps.ts';

describe('what is done regularly', () => {
  it('is done at once, and never again while it is under way', async () => {
    const clock = createVirtualClock(someMoment);
    const turns: PromiseWithResolvers<void>[] = [];
    const sweeps = sweepEvery(clock, 1_000, () => {
      const turn = Promise.withResolvers<void>();
      turns.push(turn);
      return turn.promise;
    });
    await clock.advance(5_000);
    expect(turns).toHaveLength(1);
    turns[0]?.resolve();
    await clock.settle();
    expect(turns).toHaveLength(2);
    let isOver = false;
    const stopping = sweeps.stop().finally(() => {
      isOver = true;
    });
    await clock.advance(5_000);
    expect([isOver, turns.length]).toEqual([false, 2]);
    turns[1]?.resolve();
    await stopping;
    await clock.advance(5_000);
    expect(turns).toHaveLength(2);
  });
});
