import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dataFolder } from './data-folder.ts';
import { pinnedKeysFile, writePinnedKeys } from './pinned-keys.ts';

let top: string;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'rung-pinned-keys-'));
  await mkdir(join(top, 'data', 'control'), { recursive: true });
});
afterEach(() => rm(top, { recursive: true }));

const write = (): Promise<void> => writePinnedKeys(dataFolder(join(top, 'data')), join(top, 'rung.yaml'), []);

it('writes the public keys beside the project file', async () => {
  await write();
  expect(await readFile(pinnedKeysFile(join(top, 'rung.yaml')), 'utf8')).toContain('control-plane:');
});

it('says which file cannot be written, and what to do', async () => {
  const path = pinnedKeysFile(join(top, 'rung.yaml'));
  await mkdir(path);
  await expect(write()).rejects.toMatchObject({
    code: 'file-is-folder',
    message: `${path} is a folder.`,
  });
});
