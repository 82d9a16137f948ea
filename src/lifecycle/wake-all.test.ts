import { describe, expect, it } from 'vitest';
import { someMoment } from '../engine/virtual-clock.ts';
import { aProjectWith } from './kept.kit.ts';
import { wakeAll, wakeWhenClockIsSet } from './wake-all.ts';
import { inCanary } from './deliver/rollout.kit.ts';
import { settle } from './deliver/transitions.ts';

/** A clock of which the hour can be set, and a project in which two rollouts are kept, one of them live. */
async function waking() {
  const kept = await aProjectWith();
  const { put, clock, store, takeWoken } = kept;
  await put('rollout', 'live', { ...inCanary, id: 'live' as never });
  await put('rollout', 'over', { ...settle(inCanary, someMoment), id: 'over' as never });
  let aheadMs = 0;
  let isAway = false;
  const set = { ...clock, now: () => (clock.now() + aheadMs) as never };
  const transaction = store.transaction.bind(store);
  Object.assign(store, {
    transaction: (work: Parameters<typeof transaction>[0]) =>
      isAway ? Promise.reject(new Error('away')) : transaction(work),
  });
  return {
    ...kept,
    parts: { store, clock: set },
    setBy: (ms: number) => (aheadMs += ms),
    goAway: (is: boolean) => (isAway = is),
    isWoken: () => takeWoken().length > 0,
  };
}

describe('everything that may have something to do', () => {
  it('is woken: what lives, and the look over each project', async () => {
    const { parts, takeWoken, project, put } = await waking();
    for (const [id, phase] of [
      ['CHG-1', 'implementing'],
      ['CHG-2', 'closed'],
    ] as const)
      await put('change', id, { id, project, tree: 't', environment: 'e', state: { phase } } as never);
    await wakeAll(parts);
    expect(takeWoken()).toEqual(['rollout/live', 'change/CHG-1', `project/${project}`]);
  });

  it.each([
    ['ahead by an hour', 3_600_000, true],
    ['back by an hour', -3_600_000, true],
    ['by half a second', 500, true],
    ['by less', 499, false],
    ['back by less', -499, false],
  ])('is woken when the wall clock is set: %s', async (_, ms, isExpected) => {
    const { parts, clock, setBy, isWoken } = await waking();
    using _waking = wakeWhenClockIsSet(parts);
    await clock.advance(10_000);
    expect(isWoken()).toBe(false);
    setBy(ms);
    await clock.advance(1_000);
    expect(isWoken()).toBe(isExpected);
    await clock.advance(10_000);
    expect(isWoken()).toBe(false);
  });

  it('is woken though a clock is set bit by bit, once that is enough', async () => {
    const { parts, clock, setBy, isWoken } = await waking();
    using _waking = wakeWhenClockIsSet({ ...parts, everyMs: 5_000 });
    setBy(300);
    await clock.advance(5_000);
    expect(isWoken()).toBe(false);
    setBy(300);
    await clock.advance(4_999);
    expect(isWoken()).toBe(false);
    await clock.advance(1);
    expect(isWoken()).toBe(true);
  });

  it('is woken once the database is back, where it was away then', async () => {
    const { parts, clock, setBy, goAway, isWoken } = await waking();
    using _waking = wakeWhenClockIsSet(parts);
    goAway(true);
    setBy(3_600_000);
    await clock.advance(3_000);
    expect(isWoken()).toBe(false);
    goAway(false);
    await clock.advance(1_000);
    expect(isWoken()).toBe(true);
  });
});
