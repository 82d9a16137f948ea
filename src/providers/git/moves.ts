import { watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { socketName } from './hook.ts';

/** What a path of a Unix socket may have on every system. */
const longestSocketPath = 100;

/**
 * Calls when a branch may have moved: told by the hook through a socket, and by the file system, because a branch can
 * move without a push. Calls that come together are one.
 */
export async function watchMoves(folder: string, call: () => void): Promise<AsyncDisposable> {
  const soon = oncePerTurn(call);
  const server = await listen(join(folder, socketName), soon);
  const watchers = [watchRefs(folder, soon), watchPacked(folder, soon)];
  return {
    [Symbol.asyncDispose]: async () => {
      for (const watcher of watchers) watcher?.[Symbol.dispose]();
      if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function oncePerTurn(call: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setImmediate(() => {
      waiting = false;
      call();
    });
  };
}

/** null where another program of ours listens already, or the path is too long for a socket: then the watch is all. */
async function listen(path: string, call: () => void): Promise<Server | null> {
  if (Buffer.byteLength(path) > longestSocketPath || process.platform === 'win32') return null;
  if (await somebodyListens(path)) return null;
  await rm(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end();
    call();
  });
  server.unref();
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(path, () => resolve(server));
  });
}

function somebodyListens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Rung's own refs are written by those who would be told. */
function watchRefs(folder: string, call: () => void): Disposable | null {
  return watching(join(folder, 'refs', 'heads'), true, (name) => {
    const own = name === 'rung' || name?.startsWith('rung/') === true;
    if (!own && name?.endsWith('.lock') !== true) call();
  });
}

const watchPacked = (folder: string, call: () => void): Disposable | null =>
  watching(folder, false, (name) => {
    if (name === 'packed-refs') call();
  });

function watching(
  folder: string,
  recursive: boolean,
  call: (name: string | null) => void,
): Disposable | null {
  try {
    const watcher = watch(folder, { recursive, persistent: false }, (_, name) => call(name));
    watcher.on('error', () => watcher.close());
    return { [Symbol.dispose]: () => watcher.close() };
  } catch {
    // The system has no watch left to give: the hook's socket still tells of pushes.
    return null;
  }
}
