import { randomUUID } from 'node:crypto';
import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../domain/log.ts';

const beginning = 'build-';

/** The name of a folder for one build. */
export const buildFolder = (): string => `${beginning}${randomUUID()}`;

/** Removes what a builder that was killed has left. There is one builder for each folder. */
export async function removeLeftBehind(folder: string, log: Log): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (name.startsWith(beginning)) await removeFolder(join(folder, name), log);
}

/**
 * Removes a folder with all that a build left in it, read-only folders too, such as Go's module cache. Never throws: what became
 * of the build is the thing to tell.
 */
export async function removeFolder(folder: string, log: Log): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true }).catch(async () => {
      await openUp(folder);
      await rm(folder, { recursive: true, force: true });
    });
  } catch (thrown) {
    log.warn({ folder, error: String(thrown) }, 'What a build has left could not be removed.');
  }
}

/** Only an owner can do this, and whatever else is wrong is told by the removal. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => undefined);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await openUp(join(folder, entry.name));
}
