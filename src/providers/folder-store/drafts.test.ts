import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '../../domain/ids.ts';
import { removeLeftDrafts } from './drafts.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rung-drafts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('what writers that were killed left is removed, and nothing that is kept or just written', async () => {
  await mkdir(join(folder, 'ab'));
  const old = ['incoming.1.draft', 'ab/cdef.1.draft', 'ab/cdef'];
  for (const name of [...old, 'incoming.2.draft']) await writeFile(join(folder, name), 'x');
  for (const name of old) await utimes(join(folder, name), 1_000, 1_000);
  expect(await removeLeftDrafts(folder, instant(2_000_000))).toBe(2);
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
    'ab',
    'ab/cdef',
    'incoming.2.draft',
  ]);
});

it('where nothing was ever kept, nothing is removed', async () => {
  expect(await removeLeftDrafts(join(folder, 'nowhere'), instant(2_000_000))).toBe(0);
});
