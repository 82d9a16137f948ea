import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Listed } from './listing.ts';

/** Paths below a folder that are not as listed, or not listed; sorted. Parents stand for all that is in them. */
export async function differences(folder: string, listed: readonly Listed[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const one of listed) if (!(await matches(folder, one))) wrong.push(one.path);
  const known = knownPaths(listed);
  return [...wrong, ...(await strangers(folder, '', known))].toSorted();
}

function knownPaths(listed: readonly Listed[]): ReadonlySet<string> {
  const parents = listed.flatMap(({ path }) => {
    const parts = path.split('/');
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return new Set(parents);
}

async function matches(folder: string, one: Listed): Promise<boolean> {
  const path = join(folder, one.path);
  const stat = await statOf(path);
  if (stat === null) return false;
  if (one.kind === 'folder') return stat.isDirectory();
  if (one.kind === 'link') return stat.isSymbolicLink() && (await readlink(path)) === one.to;
  const executable = (stat.mode & 0o100) !== 0;
  if (!stat.isFile() || stat.size !== one.size || executable !== one.executable) return false;
  return (await hashOf(path)) === one.sha256;
}

async function strangers(
  folder: string,
  below: string,
  known: ReadonlySet<string>,
): Promise<readonly string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (!known.has(path)) return [path];
      return entry.isDirectory() ? strangers(folder, path, known) : [];
    }),
  );
  return found.flat();
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
