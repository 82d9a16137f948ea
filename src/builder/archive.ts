import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Header, Pax } from 'tar';
import { Failure } from '../domain/failure.ts';
import type { Digest } from '../domain/ids.ts';
import { type FolderEntry, listFolder, mostBytes, mostEntries, tooMuch } from './folder-listing.ts';

export interface Packed {
  readonly path: string;
  readonly digest: Digest;
  readonly size: number;
}

/** A file that goes into the archive without being in the folder. */
export interface AddedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes a folder as an archive whose bytes depend on names, contents and executable bits alone: sorted, without
 * owner, time or umask. It is not compressed, because what zlib makes of the same bytes differs between processors
 * and versions, and then so would the digest. Throws invalid `artifact-file-unusual`, `artifact-link-leaves`,
 * `artifact-name-taken`; limited `artifact-too-large`.
 */
export async function packFolder(folder: string, added: readonly AddedFile[], into: string): Promise<Packed> {
  const entries = withAdded(await listFolder(folder), added);
  // As agents and the store count: one that they refuse would be found out once it is released, or once all of it was sent.
  if (entries.length > mostEntries || bytesOf(entries) > mostBytes) throw tooMuch();
  const path = join(into, `${randomUUID()}.tar`);
  const hash = createHash('sha256');
  let size = 0;
  await using file = await open(path, 'wx', 0o600);
  for await (const block of blocks(folder, entries)) {
    hash.update(block);
    size += block.byteLength;
    await file.writeFile(block);
  }
  return { path, digest: `sha256:${hash.digest('hex')}` as Digest, size };
}

type Packable = FolderEntry | (AddedFile & { readonly kind: 'added' });

function withAdded(found: readonly FolderEntry[], added: readonly AddedFile[]): readonly Packable[] {
  const taken = new Set(found.map(({ path }) => path));
  const clash = added.find(({ path }) => taken.has(path));
  if (clash !== undefined) throw nameTaken(clash.path);
  const parents = added.flatMap(({ path }) => parentsOf(path)).filter((path) => !taken.has(path));
  return [
    ...found,
    ...[...new Set(parents)].map((path): Packable => ({ kind: 'folder', path })),
    ...added.map((file): Packable => ({ kind: 'added', ...file })),
  ].toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

const blockBytes = 512;

async function* blocks(folder: string, entries: readonly Packable[]): AsyncGenerator<Uint8Array> {
  for (const entry of entries) {
    if (entry.kind === 'folder') yield headerOf(entry.path, 'Directory', 0o755, 0);
    else if (entry.kind === 'link') yield headerOf(entry.path, 'SymbolicLink', 0o777, 0, entry.to);
    else if (entry.kind === 'added') {
      yield headerOf(entry.path, 'File', 0o644, entry.bytes.byteLength);
      yield entry.bytes;
      yield padding(entry.bytes.byteLength);
    } else yield* fileBlocks(join(folder, entry.path), entry);
  }
  yield new Uint8Array(2 * blockBytes);
}

async function* fileBlocks(
  path: string,
  entry: Extract<FolderEntry, { kind: 'file' }>,
): AsyncGenerator<Uint8Array> {
  await using file = await open(path, 'r');
  yield headerOf(entry.path, 'File', entry.executable ? 0o755 : 0o644, entry.size);
  yield* exactly(file, entry);
  yield padding(entry.size);
}

async function* exactly(
  file: FileHandle,
  entry: Extract<FolderEntry, { kind: 'file' }>,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
    read += chunk.byteLength;
    if (read > entry.size) break;
    yield chunk;
  }
  if (read !== entry.size) throw movedUnderUs(entry.path);
}

const bytesOf = (entries: readonly Packable[]): number =>
  entries.reduce((sum, entry) => {
    const size = entry.kind === 'added' ? entry.bytes.byteLength : entry.kind === 'file' ? entry.size : 0;
    return sum + blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }, 2 * blockBytes);

const padding = (size: number): Uint8Array => new Uint8Array((blockBytes - (size % blockBytes)) % blockBytes);

function headerOf(
  path: string,
  type: 'File' | 'Directory' | 'SymbolicLink',
  mode: number,
  size: number,
  to?: string,
): Uint8Array {
  const data = {
    path: type === 'Directory' ? `${path}/` : path,
    type,
    mode,
    size,
    mtime: new Date(0),
    ...(to !== undefined && { linkpath: to }),
  };
  const header = new Header(data);
  const long = header.encode();
  const block = header.block ?? new Uint8Array(0);
  if (!long) return block;
  const pax = new Pax({ path: data.path, size, ...(to !== undefined && { linkpath: to }) });
  return Buffer.concat([pax.encode(), block]);
}

const nameTaken = (path: string): Failure =>
  new Failure('invalid', 'artifact-name-taken', `The service has a file ${path} of its own.`, {
    wayOut: 'Rung writes that file itself. Remove it from the service’s folder.',
  });

const movedUnderUs = (path: string): Failure =>
  new Failure('interrupted', 'artifact-folder-moving', `${path} changed while it was being packed.`, {
    wayOut: 'Let the build command end only when it has written everything.',
  });
