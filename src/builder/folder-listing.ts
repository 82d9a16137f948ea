import type { Dirent } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Failure } from '../domain/failure.ts';

export type FolderEntry =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly to: string }
  | { readonly kind: 'file'; readonly path: string; readonly executable: boolean; readonly size: number };

export const mostEntries = 100_000;
export const mostBytes = 2 ** 30;

/** Everything below a folder, in no order, with forward slashes. Throws what `packFolder` throws. */
export async function listFolder(folder: string): Promise<readonly FolderEntry[]> {
  const found: FolderEntry[] = [];
  const waiting = [''];
  let bytes = 0;
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = posix.join(below, entry.name);
      const one = await entryOf(folder, path, entry);
      found.push(one);
      if (one.kind === 'folder') waiting.push(path);
      if (one.kind === 'file') bytes += one.size;
      if (found.length > mostEntries || bytes > mostBytes) throw tooMuch();
    }
  }
  return found;
}

async function entryOf(folder: string, path: string, entry: Dirent): Promise<FolderEntry> {
  if (entry.name.includes('\uFFFD') || entry.name.includes('\\'))
    throw unusual(path, 'has a name that not every system can hold');
  if (entry.isDirectory()) return { kind: 'folder', path };
  if (entry.isSymbolicLink()) return linkOf(path, await readlink(join(folder, path)));
  if (!entry.isFile()) throw unusual(path, 'is a device, a socket or a pipe');
  const { size, mode } = await lstat(join(folder, path));
  return { kind: 'file', path, executable: (mode & 0o100) !== 0, size };
}

function linkOf(path: string, to: string): FolderEntry {
  const target = posix.normalize(posix.join(posix.dirname(path), to));
  if (posix.isAbsolute(to) || target === '..' || target.startsWith('../')) throw leaves(path, to);
  return { kind: 'link', path, to };
}

const unusual = (path: string, what: string): Failure =>
  new Failure('invalid', 'artifact-file-unusual', `${JSON.stringify(path)} ${what}.`, {
    wayOut: 'A service’s folder holds files, folders and links among them. Remove this one.',
  });

const leaves = (path: string, to: string): Failure =>
  new Failure(
    'invalid',
    'artifact-link-leaves',
    `The link ${path} leads to ${to}, outside the service's folder.`,
    {
      wayOut: 'Copy what it leads to into the service’s folder; only what is in there is released.',
    },
  );

export const tooMuch = (): Failure =>
  new Failure('limited', 'artifact-too-large', 'An artifact has 100,000 files and 1 GiB at most.', {
    wayOut: 'Leave out of the service’s folder what it does not need to run.',
  });
