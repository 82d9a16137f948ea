import { chmod, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longestFileBytes } from './decode.ts';
import { readProjectFile } from './read.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rung-read-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const root = process.getuid?.() === 0;

describe('a project file on disk that cannot be read has a named outcome (REL-14)', () => {
  it('is not there', async () => {
    await expect(readProjectFile(join(folder, 'none'), 'rung.yaml')).rejects.toMatchObject({
      code: 'project-file-absent',
    });
  });
  it('is a folder', async () => {
    await expect(readProjectFile(folder, 'rung.yaml')).rejects.toMatchObject({
      code: 'project-file-unreadable',
      message: expect.stringContaining('folder') as string,
    });
  });
  it.skipIf(root)('belongs to somebody else', async () => {
    const path = join(folder, 'locked.yaml');
    await writeFile(path, 'rung: 1');
    await chmod(path, 0o000);
    await expect(readProjectFile(path, 'rung.yaml')).rejects.toMatchObject({
      code: 'project-file-unreadable',
    });
  });
  it('is no file at all', async () => {
    await expect(readProjectFile('/dev/null')).rejects.toMatchObject({
      code: 'project-file-unreadable',
      message: expect.not.stringContaining('folder') as string,
    });
  });
  it('lies in what is no folder', async () => {
    const path = join(folder, 'plain.yaml');
    await writeFile(path, '');
    await expect(readProjectFile(join(path, 'rung.yaml'))).rejects.toMatchObject({
      code: 'project-file-unreadable',
      message: expect.stringContaining('ENOTDIR') as string,
    });
  });
  it('has more than a mebibyte, and no byte less', async () => {
    const path = join(folder, 'large.yaml');
    await writeFile(path, '#'.repeat(longestFileBytes));
    await expect(readProjectFile(path)).rejects.toMatchObject({ code: 'project-file-invalid' });
    await writeFile(path, '#'.repeat(longestFileBytes + 1));
    await expect(readProjectFile(path)).rejects.toMatchObject({ code: 'project-file-too-large' });
  });
  it('is four gigabytes, of which not a byte is read', async () => {
    const path = join(folder, 'huge.yaml');
    await writeFile(path, '');
    await truncate(path, 2 ** 32);
    await expect(readProjectFile(path, 'rung.yaml')).rejects.toMatchObject({
      code: 'project-file-too-large',
    });
  });
});
