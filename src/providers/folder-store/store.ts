import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { Digest } from '../../domain/ids.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { draftEnding } from './drafts.ts';
import { hexOf, missing, tooLarge } from './digest.ts';

export interface FolderStoreOptions {
  readonly folder: string;
  /** 1 GiB unless told. */
  readonly limitBytes?: number;
}

/** Objects as files in a folder: `ab/cdef…`, each readable by its owner alone. */
export function folderStore({ folder, limitBytes = 2 ** 30 }: FolderStoreOptions): ObjectStore {
  const pathOf = (digest: Digest): string => {
    const hex = hexOf(digest);
    return join(folder, hex.slice(0, 2), hex.slice(2));
  };
  const has = async (digest: Digest): Promise<number | null> => sizeOf(pathOf(digest));
  return {
    has,
    async put(digest, bytes) {
      const path = pathOf(digest);
      const there = await has(digest);
      if (there !== null) return { stored: false, size: there };
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const size = await writeVerified(path, digest, bytes, limitBytes);
      return { stored: true, size };
    },
    async keep(bytes, limitBytes, look) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return withDraft(join(folder, 'incoming'), async (draft) => {
        const { digest, size } = await writeDraft(draft, bytes, limitBytes);
        const found = await look(() => verified(draft, digest));
        const path = pathOf(digest);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(draft, path);
        await syncFolder(dirname(path));
        return { digest, size, found };
      });
    },
    get: (digest) => readVerified(pathOf(digest), digest),
  };
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unreachable(error);
  }
}

/**
 * Writes beside the place, verifies, makes it durable and only then renames it there: a reader never sees half of it,
 * and after a power cut it is whole or not there.
 */
export const writeVerified = (
  path: string,
  digest: Digest,
  bytes: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<number> =>
  withDraft(path, async (draft) => {
    const written = await writeDraft(draft, bytes, limitBytes);
    if (written.digest !== digest) throw mismatch(digest);
    await rename(draft, path);
    await syncFolder(dirname(path));
    return written.size;
  });

/** A file of its own beside the place, gone again when the work does not succeed. */
async function withDraft<T>(path: string, work: (draft: string) => Promise<T>): Promise<T> {
  const draft = `${path}.${randomUUID()}${draftEnding}`;
  try {
    return await work(draft);
  } catch (error) {
    await rm(draft, { force: true });
    throw error instanceof Failure || !isSystemError(error) ? error : unreachable(error);
  }
}

async function writeDraft(
  draft: string,
  bytes: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<{ readonly digest: Digest; readonly size: number }> {
  await using file = await open(draft, 'wx', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > limitBytes) throw tooLarge(limitBytes);
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  await file.sync();
  return { digest: `sha256:${hash.digest('hex')}` as Digest, size };
}

/** Looked through before the first byte too: an answer that has begun can only be broken off, which names nothing. */
async function* readVerified(path: string, digest: Digest): AsyncGenerator<Uint8Array> {
  if ((await sizeOf(path)) === null) throw missing(digest);
  for await (const _chunk of verified(path, digest));
  yield* verified(path, digest);
}

async function* verified(path: string, digest: Digest): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== hexOf(digest)) throw changed(digest);
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}

const isSystemError = (error: unknown): boolean =>
  typeof (error as NodeJS.ErrnoException).syscall === 'string';

const mismatch = (digest: Digest): Failure =>
  new Failure('invalid', 'artifact-digest-mismatch', `The bytes are not those of ${digest}.`, {
    wayOut: 'Send the artifact again; it was cut off or changed on its way.',
  });

const changed = (digest: Digest): Failure =>
  new Failure(
    'invalid',
    'artifact-changed',
    `The stored artifact ${digest} was changed after it was released.`,
    {
      wayOut:
        'Put the artifact back from a copy, or build the release again from its commit; find out who wrote there.',
    },
  );

const unreachable = (cause: unknown): Failure =>
  new Failure('unavailable', 'artifact-store-unavailable', 'The artifact store cannot be read or written.', {
    wayOut: 'Look at the space and the rights of the data folder.',
    cause,
  });
