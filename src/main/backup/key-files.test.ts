import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFolder } from '../data-folder.ts';
import { keysToSeal, writeKeys } from './key-files.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rung-keys-'));
  await mkdir(join(root, 'control'));
  await mkdir(join(root, 'environments', 'dev'), { recursive: true });
  await writeFile(join(root, 'environments', 'dev', 'key.json'), 'of dev');
  await writeFile(join(root, 'environments', 'left by a file manager'), '');
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** There, and nobody can read it: as on a disk that fails, or where too many files are open. */
const unreadable = (name: string) => symlink(name, join(root, 'control', name));

describe('the keys in a backup', () => {
  it('are those that are there, of the control plane and of each agent', async () => {
    const { files } = await keysToSeal(dataFolder(root));
    expect(files).toEqual({ 'environments/dev/key.json': Buffer.from('of dev').toString('base64') });
  });

  it('are never fewer than there are: one that cannot be read fails it', async () => {
    await unreadable('key.json');
    await expect(keysToSeal(dataFolder(root))).rejects.toThrow('ELOOP');
  });

  it('are put back nowhere where one is already, whether it can be read or not', async () => {
    await unreadable('key.json');
    const files = { 'control/key.json': 'bmV3' };
    await expect(writeKeys(dataFolder(root), { files })).rejects.toThrow('ELOOP');
  });
});
