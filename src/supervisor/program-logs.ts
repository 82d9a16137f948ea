import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../domain/log.ts';

const capBytes = 16 * 1024 * 1024;

/** Keeps the logs of our own programs from growing for ever: what is too long is moved to `<name>.1`. */
export async function cutLogs(folder: string, log: Log): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[]);
  for (const name of names.filter((one) => one.endsWith('.log'))) {
    const file = join(folder, name);
    await cut(file).catch((thrown: unknown) => log.warn({ err: thrown, file }, 'A log could not be cut'));
  }
}

async function cut(file: string): Promise<void> {
  if ((await stat(file)).size <= capBytes) return;
  const content = await readFile(file);
  await truncate(file, 0);
  await writeFile(`${file}.1`, content, { mode: 0o600 });
}
