import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFolder } from '../../builder/archive.ts';
import { digestOf } from '../../domain/canonical.ts';
import type { Digest } from '../../domain/ids.ts';
import { ensureUnpacked, unpackArtifact, verifyUnpacked } from './unpack.ts';

let top: string;
let archive: { readonly path: string; readonly digest: Digest };
let count = 0;

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'rung-unpack-'));
  const source = join(top, 'source');
  await mkdir(join(source, 'lib', 'empty'), { recursive: true });
  await writeFile(join(source, 'server.js'), 'listen()');
  await writeFile(join(source, 'lib', `${'long'.repeat(40)}.js`), 'x');
  await writeFile(join(source, 'run.sh'), '#!/bin/sh', { mode: 0o700 });
  await symlink('../server.js', join(source, 'lib', 'link.js'));
  archive = await packFolder(source, [{ path: '.rung/service.json', bytes: Buffer.from('{}') }], top);
});
afterAll(() => rm(top, { recursive: true, force: true }));

async function unpacked(): Promise<string> {
  count += 1;
  const folder = join(top, 'out', `artifact-${count}`);
  await unpackArtifact(createReadStream(archive.path), archive.digest, folder);
  return folder;
}
const fetch = async () => createReadStream(archive.path);
const noFetch = () => Promise.reject(new Error('nothing has to be fetched'));

describe('what runs is verified against the digest each time it starts', () => {
  it('unpacks files, folders, links and executable bits', async () => {
    const folder = await unpacked();
    expect((await readdir(folder)).toSorted()).toEqual(['.rung', 'lib', 'run.sh', 'server.js']);
    expect(await readFile(join(folder, 'lib', 'link.js'), 'utf8')).toBe('listen()');
    expect((await stat(join(folder, 'run.sh'))).mode & 0o777).toBe(0o755);
    expect(await verifyUnpacked(archive.digest, folder)).toEqual({ state: 'intact' });
  });

  it('sees every kind of change and puts it right from the archive, without fetching', async () => {
    const folder = await unpacked();
    await writeFile(join(folder, 'server.js'), 'leak()..');
    await writeFile(join(folder, 'added.js'), '');
    await chmod(join(folder, 'run.sh'), 0o644);
    await rm(join(folder, 'lib', 'empty'), { recursive: true });
    const paths = ['added.js', 'lib/empty', 'run.sh', 'server.js'];
    expect(await verifyUnpacked(archive.digest, folder)).toEqual({ state: 'changed', paths });
    expect(await ensureUnpacked(archive.digest, folder, noFetch)).toEqual({ repaired: paths });
    expect(await verifyUnpacked(archive.digest, folder)).toEqual({ state: 'intact' });
  });

  it('is not led away by a folder that became a link', async () => {
    const folder = await unpacked();
    const elsewhere = await mkdtemp(join(top, 'elsewhere-'));
    await writeFile(join(elsewhere, 'precious'), 'kept');
    await rm(join(folder, 'lib'), { recursive: true });
    await symlink(elsewhere, join(folder, 'lib'));
    await ensureUnpacked(archive.digest, folder, noFetch);
    expect(await verifyUnpacked(archive.digest, folder)).toEqual({ state: 'intact' });
    expect(await readdir(elsewhere)).toEqual(['precious']);
  });

  it('fetches again when the kept archive is gone or was changed', async () => {
    const folder = await unpacked();
    await writeFile(`${folder}.tar`, 'changed');
    await expect(verifyUnpacked(archive.digest, folder)).rejects.toMatchObject({ kind: 'invalid' });
    await writeFile(join(folder, 'server.js'), 'leak()..');
    await ensureUnpacked(archive.digest, folder, fetch);
    await rm(`${folder}.tar`);
    await ensureUnpacked(archive.digest, folder, fetch);
    expect(await verifyUnpacked(archive.digest, folder)).toEqual({ state: 'intact' });
  });

  it('unpacks what is not there', async () => {
    const folder = join(top, 'new', 'artifact');
    expect(await verifyUnpacked(archive.digest, folder)).toEqual({ state: 'absent' });
    await ensureUnpacked(archive.digest, folder, fetch);
    expect(await verifyUnpacked(archive.digest, folder)).toEqual({ state: 'intact' });
  });
});

describe('an archive that is not as the builder writes them', () => {
  type Entry = ConstructorParameters<typeof Header>[0];
  const block = (entry: Entry): Buffer => {
    const header = new Header(entry);
    header.encode();
    return header.block ?? Buffer.alloc(0);
  };
  const archiveOf = (...entries: readonly Entry[]): Buffer =>
    Buffer.concat([...entries.map(block), Buffer.alloc(1024)]);
  async function unpackBytes(bytes: Buffer, limits = { entries: 3, bytes: 10_000 }): Promise<string> {
    count += 1;
    const folder = join(top, 'bad', `artifact-${count}`);
    const chunks = (async function* () {
      yield bytes;
    })();
    await unpackArtifact(chunks, digestOf(bytes), folder, limits);
    return folder;
  }
  const file = { mode: 0o644, size: 0, type: 'File', mtime: new Date(0) } as const;

  it.each([
    ['a path that leads out', { ...file, path: '../evil' }],
    ['an absolute path', { ...file, path: '/tmp/evil' }],
    ['a path with a dot in it', { ...file, path: 'a/./evil' }],
    ['a link that leads out', { ...file, path: 'a', type: 'SymbolicLink', linkpath: '../../etc' } as const],
    ['an absolute link', { ...file, path: 'a', type: 'SymbolicLink', linkpath: '/etc' } as const],
    ['a hard link', { ...file, path: 'a', type: 'Link', linkpath: 'b' } as const],
    ['a device', { ...file, path: 'a', type: 'CharacterDevice' } as const],
    ['a pipe', { ...file, path: 'a', type: 'FIFO' } as const],
  ])('is refused with %s', async (_, entry) => {
    await expect(unpackBytes(archiveOf(entry))).rejects.toMatchObject({ code: 'artifact-unsafe' });
  });

  it('is refused with one name twice', async () => {
    const twice = archiveOf({ ...file, path: 'a' }, { ...file, path: 'a' });
    await expect(unpackBytes(twice)).rejects.toMatchObject({ code: 'artifact-unsafe' });
  });

  it('is refused with too many files, or compressed, or cut off, or not an archive at all', async () => {
    const many = archiveOf(
      { ...file, path: 'a' },
      { ...file, path: 'b' },
      { ...file, path: 'c' },
      { ...file, path: 'd' },
    );
    await expect(unpackBytes(many)).rejects.toMatchObject({ code: 'artifact-too-large' });
    const good = archiveOf({ ...file, path: 'a' });
    await expect(unpackBytes(gzipSync(good))).rejects.toMatchObject({ code: 'artifact-malformed' });
    const cut = archiveOf({ ...file, path: 'a', size: 5000 });
    await expect(unpackBytes(cut)).rejects.toMatchObject({ code: 'artifact-malformed' });
    await expect(unpackBytes(Buffer.from('hello'))).rejects.toMatchObject({ code: 'artifact-malformed' });
  });
});
