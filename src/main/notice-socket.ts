import { watch } from 'node:fs';

/** Calls each time a socket of that name appears in the folder. Where the system cannot tell, it never calls. */
export function noticeSocket(dir: string, name: string, call: () => void): Disposable {
  const watcher = watch(dir, { persistent: false }, (_event, changed) => {
    if (changed === name) call();
  });
  watcher.on('error', () => watcher.close());
  return { [Symbol.dispose]: () => watcher.close() };
}
