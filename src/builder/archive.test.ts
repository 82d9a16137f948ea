import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { list } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFolder } from './archive.ts';

let top: string;
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'rung-archive-'));
});
afterAll(() => rm(top, { recursive: true, force: true }));

/** The same content, written in another order, at another time, with other rights. */
async function folderWith(
  modes: { readonly file: number; readonly program: number },
  year: number,
): Promise<string> {
  const folder = await mkdtemp(join(top, 'source-'));
  const names = ['b.txt', 'a.txt', 'Z.txt', 'ä.txt', 'lib/deep.txt', `lib/${'n'.repeat(200)}.txt`];
  await mkdir(join(folder, 'lib'));
  for (const name of year % 2 === 0 ? names : names.toReversed()) {
    await writeFile(join(folder, name), name);
    await chmod(join(folder, name), modes.file);
    await utimes(join(folder, name), new Date(`${year}-01-01`), new Date(`${year}-01-01`));
  }
  await writeFile(join(folder, 'run.sh'), '#!/bin/sh');
  await chmod(join(folder, 'run.sh'), modes.program);
  await symlink('a.txt', join(folder, 'link'));
  return folder;
}
const extra = [{ path: '.rung/service.json', bytes: Buffer.from('{}') }];

describe('an artifact is a deterministic archive', () => {
  it('has one digest for one content, whatever the time, the order and the umask', async () => {
    const first = await packFolder(await folderWith({ file: 0o644, program: 0o755 }, 2020), extra, top);
    const second = await packFolder(await folderWith({ file: 0o600, program: 0o700 }, 2025), extra, top);
    expect(second.digest).toBe(first.digest);
    expect(await readFile(second.path)).toEqual(await readFile(first.path));
  });

  it('has another digest when a name, a byte, an executable bit or a link differs', async () => {
    const digestAfter = async (change: (folder: string) => Promise<void>): Promise<string> => {
      const folder = await folderWith({ file: 0o644, program: 0o755 }, 2020);
      await change(folder);
      return (await packFolder(folder, extra, top)).digest;
    };
    const digests = await Promise.all([
      digestAfter(async () => {}),
      digestAfter((folder) => writeFile(join(folder, 'a.txt'), 'b.txt')),
      digestAfter((folder) => writeFile(join(folder, 'c.txt'), '')),
      digestAfter((folder) => chmod(join(folder, 'a.txt'), 0o755)),
      digestAfter((folder) => rm(join(folder, 'link')).then(() => symlink('b.txt', join(folder, 'link')))),
      digestAfter((folder) => mkdir(join(folder, 'empty'))),
    ]);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('is one that other programs read', async () => {
    const folder = await folderWith({ file: 0o644, program: 0o755 }, 2020);
    const { path, size } = await packFolder(folder, extra, top);
    const names: string[] = [];
    await list({ file: path, strict: true, onReadEntry: (entry) => void names.push(entry.path) });
    expect(names.slice(0, 3)).toEqual(['.rung/', '.rung/service.json', 'Z.txt']);
    const { stdout } = await promisify(execFile)('tar', ['-tf', path]);
    expect(stdout.trim().split('\n')).toHaveLength(names.length);
    expect(size % 512).toBe(0);
  });

  it.each([
    ['leads out', '../../etc/passwd'],
    ['is absolute', '/etc/passwd'],
  ])('refuses a link that %s', async (_, to) => {
    const folder = await mkdtemp(join(top, 'link-'));
    await symlink(to, join(folder, 'link'));
    await expect(packFolder(folder, [], top)).rejects.toMatchObject({ code: 'artifact-link-leaves' });
  });

  it('refuses what is neither file, folder nor link', async () => {
    const folder = await mkdtemp(join(top, 'pipe-'));
    await promisify(execFile)('mkfifo', [join(folder, 'pipe')]);
    await expect(packFolder(folder, [], top)).rejects.toMatchObject({ code: 'artifact-file-unusual' });
  });

  it('refuses what agents and the store would refuse as too large, with all that stands in the archive beside the files', async () => {
    const many = Array.from({ length: 100_001 }, (_, index) => ({
      path: `${index}`,
      bytes: Buffer.alloc(0),
    }));
    const empty = await mkdtemp(join(top, 'empty-'));
    await expect(packFolder(empty, many, top)).rejects.toMatchObject({ code: 'artifact-too-large' });
    const large = await mkdtemp(join(top, 'large-'));
    await writeFile(join(large, 'large'), '');
    await truncate(join(large, 'large'), 2 ** 30);
    await expect(packFolder(large, [], top)).rejects.toMatchObject({ code: 'artifact-too-large' });
  });

  it("refuses a service that has Rung's own file", async () => {
    const folder = await mkdtemp(join(top, 'own-'));
    await mkdir(join(folder, '.rung'));
    await writeFile(join(folder, '.rung', 'service.json'), '{}');
    await expect(packFolder(folder, extra, top)).rejects.toMatchObject({ code: 'artifact-name-taken' });
  });
});
