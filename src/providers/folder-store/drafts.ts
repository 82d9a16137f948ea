import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../domain/ids.ts';

/** Of a file while it is written. */
export const draftEnding = '.draft';

/**
 * Removes what writers that were killed have left in the folder of a store. Others may be writing there now: what was written to
 * since then is left alone. Gives how many there were.
 */
export async function removeLeftDrafts(folder: string, before: Instant): Promise<number> {
  let removed = 0;
  for (const name of await namesIn(folder)) {
    if (!name.endsWith(draftEnding)) continue;
    const path = join(folder, name);
    // Its writer may come to an end just now.
    const written = await stat(path).catch(() => null);
    if (written === null || !written.isFile() || written.mtimeMs >= before) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
