import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Disk, Outlives } from './disk.ts';

/** By path: what is being written now. One that was called later must never be overtaken by one called before. */
const turns = new Map<string, Promise<void>>();

/** The machine's own disk. */
export const systemDisk: Disk = {
  read: async (path) => {
    try {
      return await readFile(path);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw thrown;
    }
  },
  replace: (path, content, outlives) => {
    const before = turns.get(path) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => replaceNow(path, content, outlives));
    turns.set(path, turn);
    const forget = (): void => {
      if (turns.get(path) === turn) turns.delete(path);
    };
    turn.then(forget, forget);
    return turn;
  },
};

/** Written aside and renamed, which the system does as a whole or not at all. */
async function replaceNow(path: string, content: string | Uint8Array, outlives: Outlives): Promise<void> {
  const folder = dirname(path);
  const aside = `${path}.${randomUUID()}.tmp`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await using file = await open(aside, 'wx', 0o600);
    await file.writeFile(content);
    if (outlives === 'power cut') await file.sync();
  } catch (thrown) {
    await rm(aside, { force: true });
    throw thrown;
  }
  await rename(aside, path);
  if (outlives === 'power cut') await syncFolder(folder);
}

/** A rename is only sure to survive a power cut once its folder is on the disk. Windows opens no folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
