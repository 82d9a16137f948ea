import { describe, expect, it } from 'vitest';
import { createVirtualClock, someMoment } from './virtual-clock.ts';

describe('the virtual clock', () => {
  it('fires what is due in the order of its time, and in the order it was set where that is the same', async () => {
    const clock = createVirtualClock(someMoment);
    const fired: string[] = [];
    clock.after(20, () => fired.push('20'));
    clock.after(10, () => fired.push('10'));
    clock.after(20, () => fired.push('20 again'));
    using _never = clock.after(30, () => fired.push('30'));
    clock.after(15, () => {
      clock.after(1, () => fired.push(`16 at ${clock.monotonicMs()}`));
    });
    await clock.advance(25);
    expect(fired).toEqual(['10', '16 at 16', '20', '20 again']);
    expect(clock.now() - someMoment).toBe(25);
    expect(clock.waiting()).toBe(1);
  });

  it('lets work that sleeps in a chain go on while it moves', async () => {
    const clock = createVirtualClock(someMoment);
    const stages: number[] = [];
    const work = async (): Promise<void> => {
      for (let stage = 1; stage <= 3; stage += 1) {
        await clock.sleep(1_000);
        stages.push(clock.monotonicMs());
      }
    };
    const done = work();
    expect(await clock.runUntil(() => stages.length === 2, 60_000)).toBe(true);
    expect(stages).toEqual([1_000, 2_000]);
    await clock.advance(24 * 3_600_000);
    await done;
    expect(stages).toEqual([1_000, 2_000, 3_000]);
    expect(await clock.runUntil(() => false, 1_000)).toBe(false);
  });

  it('ends a sleep that is aborted with its reason, and repeats without overtaking itself', async () => {
    const clock = createVirtualClock(someMoment);
    const abort = new AbortController();
    const slept = clock.sleep(1_000, abort.signal);
    abort.abort(new Error('enough'));
    await expect(slept).rejects.toThrow('enough');
    let turns = 0;
    const every = clock.every(100, async () => {
      turns += 1;
      await clock.sleep(250);
    });
    await clock.advance(1_000);
    expect(turns).toBe(3);
    every[Symbol.dispose]();
    await clock.advance(1_000);
    expect(turns).toBe(3);
  });
});
