import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ProjectId, later } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Queue } from '../../src/engine/queue.ts';
import type { Store } from '../../src/engine/store.ts';
import { uuidAt } from '../../src/engine/uuid.ts';

export interface QueueUnderTest {
  readonly store: Store;
  readonly queue: Queue;
  readonly close: () => Promise<void>;
}

/** What every queue promises. On the real clock, because a database is real; no test depends on how long a thing takes. */
export function queueConformance(name: string, open: () => Promise<QueueUnderTest>): void {
  describe(`the ${name} queue`, () => {
    let under: QueueUnderTest;
    let project: ProjectId;
    beforeEach(async () => {
      under = await open();
      project = uuidAt(systemClock.now()) as ProjectId;
    });
    afterEach(() => under.close());

    const wake = (key: string, inMs = 0): Promise<void> =>
      under.store.transaction((tx) => tx.wake([{ key, project, at: later(systemClock.now(), inMs) }]));
    const hour = 3_600_000;

    it('hands out a wake-up that was committed, with its project', async () => {
      const done = Promise.withResolvers<readonly [string, ProjectId]>();
      await under.queue.start(async (key, project) => done.resolve([key, project]));
      await wake('rollout/1');
      expect(await done.promise).toEqual(['rollout/1', project]);
    });

    it('hands out what was asked for before it started, and nothing of a transaction that failed', async () => {
      await wake('rollout/1');
      const failing = under.store.transaction(async (tx) => {
        await tx.wake([{ key: 'rollout/never', project, at: systemClock.now() }]);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      const seen: string[] = [];
      const last = Promise.withResolvers<void>();
      await under.queue.start(async (key) => {
        seen.push(key);
        if (key === 'rollout/2') last.resolve();
      });
      await wake('rollout/2', 20);
      await last.promise;
      expect(seen).toEqual(['rollout/1', 'rollout/2']);
    });

    it('never hands one out before its time', async () => {
      const done = Promise.withResolvers<number>();
      await under.queue.start(async () => done.resolve(systemClock.now()));
      const due = later(systemClock.now(), 300);
      await under.store.transaction((tx) => tx.wake([{ key: 'rollout/1', project, at: due }]));
      expect(await done.promise).toBeGreaterThanOrEqual(due);
    });

    it('keeps one wake-up for a key, and the earliest time wins, whichever came first', async () => {
      const seen: string[] = [];
      const last = Promise.withResolvers<void>();
      await wake('early/first', 0);
      await wake('early/first', hour);
      await wake('late/first', hour);
      await wake('late/first', 0);
      await wake('far/off', hour);
      await under.queue.start(async (key) => {
        seen.push(key);
        if (key === 'last/1') last.resolve();
      });
      await wake('last/1', 100);
      await last.promise;
      expect(seen.toSorted()).toEqual(['early/first', 'last/1', 'late/first']);
    });

    it('works on a key again when it was woken while being worked on, and never twice at once', async () => {
      let inside = 0;
      let most = 0;
      let turns = 0;
      const done = Promise.withResolvers<void>();
      await under.queue.start(async (key) => {
        inside += 1;
        most = Math.max(most, inside);
        turns += 1;
        if (turns === 1) {
          await wake(key);
          await wake(key);
          await wake('other/1', hour);
          await systemClock.sleep(50);
        }
        inside -= 1;
        if (turns === 2) done.resolve();
      });
      await wake('rollout/1');
      await done.promise;
      expect(most).toBe(1);
      expect(turns).toBe(2);
    });

    it('works on different keys at the same time', async () => {
      const both = Promise.withResolvers<void>();
      let inside = 0;
      await under.queue.start(async () => {
        inside += 1;
        if (inside === 2) both.resolve();
        await both.promise;
      });
      await wake('rollout/1');
      await wake('rollout/2');
      await both.promise;
      expect(inside).toBe(2);
    });

    it('keeps a wake-up whose work failed', async () => {
      const again = Promise.withResolvers<void>();
      let turns = 0;
      await under.queue.start(async () => {
        turns += 1;
        if (turns === 1) throw new Error('the database went away');
        again.resolve();
      });
      await wake('rollout/1');
      await again.promise;
      expect(turns).toBe(2);
    });

    it('waits for what is being worked on when it stops, and takes nothing new', async () => {
      const begun = Promise.withResolvers<void>();
      const goOn = Promise.withResolvers<void>();
      const seen: string[] = [];
      await under.queue.start(async (key) => {
        begun.resolve();
        await goOn.promise;
        seen.push(key);
      });
      await wake('rollout/1');
      await begun.promise;
      const stopped = under.queue.stop();
      await wake('rollout/2');
      goOn.resolve();
      await stopped;
      expect(seen).toEqual(['rollout/1']);
    });
  });
}
