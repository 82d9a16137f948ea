import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUp } from '../../src/main/backup/backup.ts';
import { restore } from '../../src/main/backup/restore.ts';
import { markRestoring } from '../../src/main/backup/unfinished.ts';
import { dataFolder } from '../../src/main/data-folder.ts';
import { isFilled } from '../../src/store/postgres/fill.ts';
import { withSnapshot } from '../../src/store/postgres/snapshot.ts';
import { emptyDatabase } from '../kit/postgres.ts';
import { type AtRest, controlPlaneAtRest } from './control-plane.ts';

describe('a restore that was interrupted', () => {
  let made: AtRest;
  let file: string;

  beforeAll(async () => {
    made = await controlPlaneAtRest();
    await made.log(10);
    file = join(made.folder, 'whole.rung-backup');
    await backUp({ file, dataFolder: made.data.root, keyFile: null });
  });
  afterAll(() => made[Symbol.asyncDispose]());

  it('never removes what is in another database than its own', async () => {
    const data = dataFolder(join(made.folder, 'other'));
    await mkdir(data.artifacts, { recursive: true });
    await writeFile(join(data.artifacts, 'half'), 'half');
    await markRestoring(data, { file, database: null, aside: 'replaced-then', isCleared: true });
    const ask = { file, dataFolder: data.root, keyFile: null, replace: false, onStep: () => undefined };
    await expect(restore(ask, made.databaseUrl)).rejects.toMatchObject({ code: 'restore-target-taken' });
    expect(await isFilled(made.databaseUrl)).toBe(true);
  });

  it('keeps what it was to replace, though it was only half moved aside', async () => {
    const data = dataFolder(join(made.folder, 'replaced'));
    await mkdir(data.control, { recursive: true });
    await writeFile(join(data.control, 'mine'), 'mine');
    const aside = join(data.root, 'replaced-then', 'artifacts');
    await mkdir(aside, { recursive: true });
    await writeFile(join(aside, 'mine'), 'mine');
    const { url, drop } = await emptyDatabase();
    await markRestoring(data, { file, database: null, aside: 'replaced-then', isCleared: false });
    const ask = { file, dataFolder: data.root, keyFile: null, replace: true, onStep: () => undefined };
    await restore(ask, url);
    expect(await readFile(join(data.root, 'replaced-then', 'control', 'mine'), 'utf8')).toBe('mine');
    expect(await readFile(join(aside, 'mine'), 'utf8')).toBe('mine');
    await drop();
  });
});

it('a restore without keys brings all but the keys, into a database of one’s own', async () => {
  await using made = await controlPlaneAtRest();
  await made.log(10);
  const file = join(made.folder, 'b.rung-backup');
  await backUp({ file, dataFolder: made.data.root, keyFile: join(made.folder, 'b.key') });
  const { url, drop } = await emptyDatabase();
  const data = dataFolder(join(made.folder, 'again'));
  const ask = { file, dataFolder: data.root, keyFile: null, replace: false, onStep: () => undefined };
  expect(await restore(ask, url)).toMatchObject({ hasKeys: false, movedTo: null });
  await expect(stat(join(data.control, 'key.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  const chains = await withSnapshot(url, async (snapshot) => snapshot.chains);
  expect(chains.map(({ project }) => project)).toEqual([made.project]);
  await drop();
});
