import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file for its owner alone, whole or not at all. */
export async function writeOwn(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${randomUUID()}`;
  await using file = await open(aside, 'wx', 0o600);
  await file.writeFile(content);
  await file.sync();
  await rename(aside, path);
}

/** The file's content, or null when there is none. */
export async function readOwn(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
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
