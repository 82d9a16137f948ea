import { expect, it } from 'vitest';
import type { ProjectId } from '../domain/ids.ts';
import { silentLog } from '../domain/log.ts';
import type { Forge, Head } from '../ports/forge.ts';
import { followForge } from './follow-forge.ts';

const project = 'project' as ProjectId;

/** A repository with so many branches, and how many of its programs ran at once. */
function forgeWith(branches: number) {
  const heads: readonly Head[] = Array.from({ length: branches }, (_, index) => ({
    ref: `branch-${index}`,
    commit: `commit-${index}`,
    tree: `tree-${index}`,
  }));
  const running = { now: 0, most: 0 };
  const forge = {
    heads: async () => heads,
    onMoved: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
    readFile: async () => {
      running.now += 1;
      running.most = Math.max(running.most, running.now);
      await new Promise((resolve) => void setImmediate(resolve));
      running.now -= 1;
      return new TextEncoder().encode('rung: 1');
    },
    commitsBetween: async () => [{ id: 'id', message: 'feat: it', author: 'Ada <ada@example.org>' }],
  } as Partial<Forge> as Forge;
  return { forge, running };
}

it('looks at a few of many branches at a time, and tells of each once', async () => {
  const { forge, running } = forgeWith(100);
  const told: string[] = [];
  let troubles = 1;
  const branchesMoved = async (_: ProjectId, heads: readonly Head[]): Promise<void> => {
    if (told.length > 20 && troubles-- > 0) throw new Error('the database is away');
    told.push(...heads.map(({ ref }) => ref));
  };
  await using _following = await followForge({ branchesMoved }, forge, project, silentLog);
  await expect.poll(() => told.length, { timeout: 10_000 }).toBe(100);
  expect(new Set(told).size).toBe(100);
  expect(running.most).toBeLessThan(10);
});
