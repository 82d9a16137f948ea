import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import type { Digest } from '../../domain/ids.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { folderStore } from './store.ts';

let folder: string;
let store: ObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rung-store-'));
  store = folderStore({ folder, limitBytes: 1000 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* bytes(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part);
}
async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}
const pathOf = (digest: Digest): string => join(folder, digest.slice(7, 9), digest.slice(9));
const everyFile = async (): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ name }) => name);

describe('the folder store', () => {
  it('keeps bytes under their digest, for its owner alone', async () => {
    const digest = digestOf('hello');
    expect(await store.put(digest, bytes('hel', 'lo'))).toEqual({ stored: true, size: 5 });
    expect(await store.has(digest)).toBe(5);
    expect(await textOf(store.get(digest))).toBe('hello');
    expect((await stat(pathOf(digest))).mode & 0o777).toBe(0o600);
  });

  it('does not read what it has already', async () => {
    const digest = digestOf('hello');
    expect(await store.put(digest, bytes('something else'))).toEqual({ stored: false, size: 5 });
  });

  it('keeps nothing of bytes that are not those of the digest, that are too many, or that break off', async () => {
    const before = await everyFile();
    await expect(store.put(digestOf('a'), bytes('b'))).rejects.toMatchObject({
      code: 'artifact-digest-mismatch',
    });
    await expect(store.put(digestOf('c'), bytes('c'.repeat(2000)))).rejects.toMatchObject({
      code: 'artifact-too-large',
    });
    const broken = (async function* () {
      yield* bytes('d');
      throw new Error('cut');
    })();
    await expect(store.put(digestOf('dd'), broken)).rejects.toThrow('cut');
    expect(await everyFile()).toEqual(before);
  });

  it('says when an artifact is missing, and when it was changed after release (REL-14)', async () => {
    const digest = digestOf('once');
    await expect(textOf(store.get(digest))).rejects.toMatchObject({
      kind: 'absent',
      code: 'artifact-missing',
    });
    await store.put(digest, bytes('once'));
    await writeFile(pathOf(digest), 'Once');
    await expect(textOf(store.get(digest))).rejects.toMatchObject({ code: 'artifact-changed' });
  });

  it('makes no path of anything but a digest', async () => {
    await expect(store.has('sha256:../../etc/passwd' as Digest)).rejects.toMatchObject({
      code: 'digest-malformed',
    });
  });

  it('takes the same artifact twice at once', async () => {
    const digest = digestOf('twice');
    await Promise.all([store.put(digest, bytes('twice')), store.put(digest, bytes('tw', 'ice'))]);
    expect(await textOf(store.get(digest))).toBe('twice');
  });

  it('keeps nothing that is found wanting when it is looked at, and leaves alone what is kept of the same', async () => {
    const before = await everyFile();
    const refuse = (): Promise<never> => Promise.reject(new Error('odd'));
    await expect(store.keep(bytes('report'), 100, refuse)).rejects.toThrow('odd');
    expect(await everyFile()).toEqual(before);
    const looking = Promise.withResolvers<never>();
    const refused = store.keep(bytes('re', 'port'), 100, () => looking.promise);
    const kept = await store.keep(bytes('report'), 100, (arrived) => textOf(arrived()));
    expect(kept).toEqual({ digest: digestOf('report'), size: 6, found: 'report' });
    looking.reject(new Error('odd'));
    await expect(refused).rejects.toThrow('odd');
    expect(await textOf(store.get(kept.digest))).toBe('report');
    expect(await everyFile()).toHaveLength(before.length + 1);
  });
});
