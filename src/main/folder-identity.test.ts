import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dataFolder } from './data-folder.ts';
import { makeFolders } from './laptop.ts';
import { laptopPrograms } from './programs.ts';

let top: string;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'rung-folder-'));
});
afterEach(() => rm(top, { recursive: true, force: true }));

const removed = (folder: string): Promise<unknown> =>
  laptopPrograms(top).down({ dataFolder: folder, removeData: true });

it('deletes no folder that is none of its own: its name may be mistyped', async () => {
  await mkdir(join(top, 'control'));
  await writeFile(join(top, 'thesis.txt'), 'years of work');
  await expect(removed(top)).rejects.toMatchObject({ code: 'data-folder-unknown' });
  expect(await readdir(top)).toEqual(['control', 'thesis.txt']);
});

it('deletes its own, and succeeds where there is nothing', async () => {
  const own = join(top, '.rung');
  await makeFolders(dataFolder(own));
  await removed(own);
  await expect(access(own)).rejects.toThrow('ENOENT');
  await removed(own);
});
