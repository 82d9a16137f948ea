import type { Dirent } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Paths, relative to the folder, of all files in it that hold the word. */
export async function filesWith(folder: string, word: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const held = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => pathIfHeld(folder, entry, word)),
  );
  return held.flat().toSorted();
}

async function pathIfHeld(folder: string, entry: Dirent, word: string): Promise<readonly string[]> {
  const path = join(entry.parentPath, entry.name);
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  return bytes.includes(word) ? [relative(folder, path)] : [];
}

/** Every process whose command line or environment holds the word: `<pid> cmdline`, `<pid> environ`. */
export async function processesWith(word: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const places = pids.flatMap((pid) => ['cmdline', 'environ'].map((what) => [pid, what] as const));
  const held = await Promise.all(
    places.map(async ([pid, what]) => {
      const bytes = await readFile(`/proc/${pid}/${what}`).catch(() => Buffer.alloc(0));
      return bytes.includes(word) ? [`${pid} ${what}`] : [];
    }),
  );
  return held.flat();
}
