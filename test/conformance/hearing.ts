import { describe, expect, it } from 'vitest';
import type { ProjectId } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { KeptByNews } from '../../src/engine/kept-by-news.ts';
import type { Store } from '../../src/engine/store.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { anEvent } from '../kit/audit.ts';
import { aBranch } from '../kit/records.ts';

export interface HearingUnderTest {
  readonly store: Store;
  /** As another replica has it. */
  readonly other: Store;
  readonly close: () => Promise<void>;
}

export const newProject = (): ProjectId => uuidAt(systemClock.now()) as ProjectId;

/** Now, or as soon as it does. Nobody may trust what they keep before that. */
export async function stretchOf(store: Store): Promise<number | null> {
  await expect.poll(() => store.hearing(), { timeout: 20_000, interval: 10 }).not.toBeNull();
  return store.hearing();
}

/** The commit of a branch, kept for as long as the store would tell that it moved; and how often it was read. */
export function keepBranch(store: Store, project: ProjectId) {
  const kept = new KeptByNews<string, string>(store);
  let reads = 0;
  const commit = (): Promise<string | undefined> =>
    kept.get('main', async () => {
      reads += 1;
      return (await store.read((tx) => tx.get(project, 'branch', 'main')))?.value.commit;
    });
  const listening = store.onAppended((which, kinds) => {
    if (which === project && kinds !== null) kept.forget('main');
  });
  return { commit, reads: () => reads, [Symbol.dispose]: () => listening[Symbol.dispose]() };
}

/** Says that it moved, or leaves that out: nobody can tell that from news that was lost. */
export const moveBranch = (store: Store, project: ProjectId, commit: string, is: 'told' | 'untold') =>
  store.transaction(async (tx) => {
    const stored = await tx.get(project, 'branch', 'main');
    await tx.put(project, 'branch', 'main', aBranch(project, 'main', commit), stored?.version ?? 0);
    if (is === 'told') await tx.append([anEvent('moved', { project })]);
  });

/** What whoever keeps records relies on: while it hears, every change is told, whoever made it. */
export function hearingConformance(name: string, open: () => Promise<HearingUnderTest>): void {
  describe(`who listens to the ${name} store`, () => {
    it('is told of what others commit, and stays in one stretch meanwhile', async () => {
      const { store, other, close } = await open();
      const project = newProject();
      const told: (readonly string[] | null)[] = [];
      using _told = store.onAppended((which, kinds) => {
        if (which === project) told.push(kinds);
      });
      const stretch = await stretchOf(store);
      for (const commit of ['c1', 'c2', 'c3']) {
        const before = told.length;
        await moveBranch(other, project, commit, 'told');
        await expect.poll(() => told.length).toBeGreaterThan(before);
      }
      expect(told).not.toContain(null);
      expect(await stretchOf(store)).toBe(stretch);
      await close();
    });

    it('may keep what was read until it is told that it changed', async () => {
      const { store, other, close } = await open();
      const project = newProject();
      using branch = keepBranch(store, project);
      await moveBranch(other, project, 'c1', 'untold');
      await stretchOf(store);
      await branch.commit();
      const before = branch.reads();
      expect([await branch.commit(), branch.reads() - before]).toEqual(['c1', 0]);
      await moveBranch(other, project, 'c2', 'told');
      await expect.poll(branch.commit).toBe('c2');
      await close();
    });
  });
}
