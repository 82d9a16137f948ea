import { open, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../domain/log.ts';

const capBytes = 16 * 1024 * 1024;

/** Keeps the logs of our own programs from growing for ever: the end of what is too long is moved to `<name>.1`. */
export async function cutLogs(folder: string, log: Log): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[]);
  for (const name of names.filter((one) => one.endsWith('.log'))) {
    const file = join(folder, name);
    await cut(file).catch((thrown: unknown) => log.warn({ err: thrown, file }, 'A log could not be cut'));
  }
}

async function cut(file: string): Promise<void> {
  if ((await stat(file)).size <= capBytes) return;
  const end = await endOf(file);
  await truncate(file, 0);
  await writeFile(`${file}.1`, end, { mode: 0o600 });
}

/** It may be larger than what one read, or memory, can hold: nobody cuts it while no supervisor is there. */
async function endOf(file: string): Promise<Buffer> {
  await using handle = await open(file, 'r');
  const { size } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(capBytes), 0, capBytes, size - capBytes);
  return buffer.subarray(0, bytesRead);
}
