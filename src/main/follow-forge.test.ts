import { expect, it } from 'vitest';
import type { ProjectId } from '../domain/ids.ts';
import { silentLog } from '../domain/log.ts';
import type { BranchHead } from '../lifecycle/face.ts';
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
  const none = async () => new Map<string, string>();
  await using _following = await followForge({ branchesMoved }, forge, project, silentLog, none);
  await expect.poll(() => told.length, { timeout: 10_000 }).toBe(100);
  expect(new Set(told).size).toBe(100);
  expect(running.most).toBeLessThan(10);
});

it('names all whose commits came since the branch was seen last, also while no control plane ran', async () => {
  const { forge } = forgeWith(1);
  const authors = ['Ada <ada@example.org>', 'Bo <bo@example.org>'];
  const since: (string | null)[] = [];
  const commitsBetween: Forge['commitsBetween'] = async (from) => {
    since.push(from);
    return authors.map((author) => ({ id: 'id', message: 'feat: it', author }));
  };
  const told: BranchHead[] = [];
  const branchesMoved = async (_: ProjectId, heads: readonly BranchHead[]) => void told.push(...heads);
  const seen = async () => new Map([['branch-0', 'before']]);
  const watched = { ...forge, commitsBetween };
  await using _following = await followForge({ branchesMoved }, watched, project, silentLog, seen);
  await expect.poll(() => told.length).toBe(1);
  expect(since).toEqual(['before']);
  expect(told[0]?.authors).toEqual(['ada@example.org', 'bo@example.org']);
});
