import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { systemDisk } from '../disk/system-disk.ts';

/** Writes a file for its owner alone, whole or not at all. */
export const writeOwn = (path: string, content: string | Uint8Array): Promise<void> =>
  systemDisk.replace(path, content, 'power cut');

/** The file's content, or null when there is none. */
export async function readOwn(path: string): Promise<string | null> {
  const bytes = await systemDisk.read(path);
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

/** What is in a folder; nothing where it is not there. Throws where it cannot be looked into. */
export async function entriesIn(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}

/** What the file holds, made and kept there the first time. */
export async function keptOrMade(path: string, make: () => string): Promise<string> {
  const kept = await readOwn(path);
  if (kept !== null) return kept;
  const made = make();
  await writeOwn(path, made);
  return made;
}
