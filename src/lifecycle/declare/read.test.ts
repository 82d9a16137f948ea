import { chmod, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  it('is a gigabyte, of which not a byte is read', async () => {
    const path = join(folder, 'huge.yaml');
    await writeFile(path, '');
    await truncate(path, 2 ** 30);
    await expect(readProjectFile(path, 'rung.yaml')).rejects.toMatchObject({
      code: 'project-file-too-large',
    });
  });
});
