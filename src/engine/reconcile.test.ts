import { describe, expect, it } from 'vitest';
import { aProject, anEvent } from '../../test/kit/audit.ts';
import { aBranch } from '../../test/kit/records.ts';
import { Failure } from '../domain/failure.ts';
import { later } from '../domain/ids.ts';
import type { Log } from '../domain/log.ts';
import { openMemory } from '../store/memory/store.ts';
import { type ReconcileOutcome, type Reconciler, createEngine } from './reconcile.ts';
import { createVirtualClock, someMoment } from './virtual-clock.ts';

function setUp(reconcile: Reconciler['reconcile']) {
  const clock = createVirtualClock(someMoment);
  const { store, queue } = openMemory({ clock });
  const logged: string[] = [];
  const outcomes: ReconcileOutcome[] = [];
  const log: Log = {
    info: () => {},
    warn: (facts) => void logged.push(`warn ${(facts as { code: string }).code}`),
    error: (facts) => void logged.push(`error ${(facts as { code: string }).code}`),
  };
  const engine = createEngine({
    store,
    queue,
    clock,
    log,
    reconcilers: [{ kind: 'branch', reconcile }],
    onReconciled: (_, outcome) => outcomes.push(outcome),
  });
  const wake = (key: string) =>
    store.transaction((tx) => tx.wake([{ key, project: aProject, at: clock.now() }]));
  return { clock, store, engine, logged, outcomes, wake };
}

describe('the reconcile loop', () => {
  it('commits state, events and the next wake-up at once, and comes back when it said', async () => {
    const looked: number[] = [];
    const { clock, store, engine, wake } = setUp(async (tx, project, id, now) => {
      looked.push(now - someMoment);
      const stored = await tx.get(project, 'branch', id);
      await tx.put(
        project,
        'branch',
        id,
        aBranch(project, id, `look ${looked.length}`),
        stored?.version ?? 0,
      );
      await tx.append([anEvent(`look ${looked.length}`)]);
      return { wakeAt: looked.length < 3 ? later(now, 3_600_000) : null };
    });
    await engine.start();
    await wake('branch/main');
    await clock.advance(24 * 3_600_000);
    expect(looked).toEqual([0, 3_600_000, 7_200_000]);
    expect(await store.chain(aProject)).toBe(3);
    const stored = await store.transaction((tx) => tx.get(aProject, 'branch', 'main'));
    expect(stored).toMatchObject({ version: 3, value: { commit: 'look 3' } });
    await engine.stop();
  });

  it('tries again what may work later, each time later, and says so once', async () => {
    const looked: number[] = [];
    const { clock, engine, wake, logged, outcomes } = setUp(async (_, __, ___, now) => {
      looked.push(now - someMoment);
      if (looked.length < 5) throw new Failure('unavailable', 'forge-away', 'The forge is away.');
      return { wakeAt: null };
    });
    await engine.start();
    await wake('branch/main');
    await clock.advance(3_600_000);
    expect(looked).toEqual([0, 200, 600, 1_400, 3_000]);
    expect(logged).toEqual(['warn forge-away']);
    expect(outcomes).toEqual(['retried', 'retried', 'retried', 'retried', 'done']);
    await engine.stop();
  });

  it('never forgets a key whose reconciler has a defect, says so once, and lets other keys go on', async () => {
    let looks = 0;
    const good: string[] = [];
    const { clock, store, engine, wake, logged } = setUp(async (tx, project, id) => {
      if (id === 'good') good.push(id);
      else {
        looks += 1;
        await tx.put(project, 'branch', id, aBranch(project, id, 'half'), 0);
        throw new TypeError('undefined is not a function');
      }
      return { wakeAt: null };
    });
    await engine.start();
    await wake('branch/bad');
    await wake('branch/good');
    await clock.advance(3_600_000);
    expect(good).toEqual(['good']);
    expect(looks).toBeGreaterThan(50);
    expect(looks).toBeLessThan(100);
    expect(logged).toEqual(['error TypeError']);
    expect(await store.transaction((tx) => tx.get(aProject, 'branch', 'bad'))).toBeUndefined();
    await engine.stop();
  });

  it('keeps a wake-up of a kind it does not know, for a newer replica to take', async () => {
    const { clock, engine, wake, logged } = setUp(async () => ({ wakeAt: null }));
    await engine.start();
    await wake('tenant/1');
    await clock.advance(60_000);
    expect(logged).toEqual(['warn reconciler-unknown']);
    expect(clock.waiting()).toBe(1);
    await engine.stop();
  });

  it('does the same in the same order each time it is run', async () => {
    const run = async (): Promise<readonly string[]> => {
      const trace: string[] = [];
      const { clock, engine, wake } = setUp(async (_, __, id, now) => {
        trace.push(`${now - someMoment} ${id}`);
        return { wakeAt: trace.length < 30 ? later(now, 7 * id.length) : null };
      });
      await engine.start();
      for (const id of ['a', 'bb', 'ccc', 'dddd', 'eeeee']) await wake(`branch/${id}`);
      await clock.advance(10_000);
      return trace;
    };
    expect(await run()).toEqual(await run());
  });

  it('comes again soon where a trouble is new, though there was one that another replica got over since', async () => {
    const looked: number[] = [];
    let isAway = true;
    const failing: Reconciler['reconcile'] = async (_, __, ___, now) => {
      looked.push(now - someMoment);
      if (isAway) throw new Failure('unavailable', 'forge-away', 'The forge is away.');
      return { wakeAt: null };
    };
    const { clock, engine, wake, logged } = setUp(failing);
    await engine.start();
    await wake('branch/main');
    await clock.advance(100_000);
    await engine.stop();
    // Nothing comes here meanwhile: another replica takes it, and the queue hands out the same key again later.
    const before = looked.length;
    expect(before).toBeGreaterThan(8);
    await clock.advance(3_600_000);
    await engine.start();
    await clock.advance(1_000);
    isAway = false;
    await clock.advance(60_000);
    expect(logged).toEqual(['warn forge-away', 'warn forge-away']);
    expect(looked.slice(before).map((at, index, all) => at - (all[index - 1] ?? at))).toEqual([
      0, 200, 400, 800,
    ]);
    await engine.stop();
  });
});
