import { type FSWatcher, watch } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logFolder } from './messages.ts';

/** Beyond this a log is cut: the end of it is kept in `<name>.1`, and it starts anew. */
export const logCapBytes = 4 * 1024 * 1024;
const keptBytes = 512 * 1024;
const tailBytes = 4096;

/**
 * Logs of services go straight into files, so that they outlive every program of ours; no pipe can break or block
 * them. Appending always goes to the end, so that a file may be cut while it is written. The kernel tells of each
 * write, so that a flood exceeds the cap by no more than it writes in a few milliseconds.
 */
export interface LogFiles extends Disposable {
  open(name: string): Promise<FileHandle>;
  tail(name: string): Promise<string>;
}

export async function openLogFiles(dir: string, onError: (thrown: unknown) => void): Promise<LogFiles> {
  const folder = join(dir, logFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const cut = cutting(folder, onError);
  for (const name of await readdir(folder)) cut(name);
  const watcher: FSWatcher = watch(folder, (_event, name) => name && cut(name));
  watcher.on('error', onError);
  return {
    open: (name) => open(join(folder, name), 'a', 0o600),
    tail: (name) => tailOf(join(folder, name), tailBytes),
    [Symbol.dispose]: () => watcher.close(),
  };
}

function cutting(folder: string, onError: (thrown: unknown) => void): (name: string) => void {
  const busy = new Set<string>();
  return (name) => {
    if (!name.endsWith('.log') || busy.has(name)) return;
    busy.add(name);
    cutWhenTooLong(join(folder, name))
      .catch(onError)
      .finally(() => busy.delete(name));
  };
}

async function cutWhenTooLong(file: string): Promise<void> {
  while ((await sizeOf(file)) > logCapBytes) {
    const end = await tailOf(file, keptBytes);
    await truncate(file, 0);
    await writeFile(`${file}.1`, end, { mode: 0o600 });
  }
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** The end of a file as text; empty when it cannot be read. */
async function tailOf(file: string, bytes: number): Promise<string> {
  try {
    await using handle = await open(file, 'r');
    const { size } = await handle.stat();
    const length = Math.min(size, bytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } catch {
    return '';
  }
}
