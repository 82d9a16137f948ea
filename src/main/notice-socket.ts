import { watch } from 'node:fs';

/** Calls each time a socket with such a name appears in the folder. Where the system cannot tell, it never calls. */
export function noticeSocket(dir: string, isOne: (name: string) => boolean, call: () => void): Disposable {
  const watcher = watch(dir, { persistent: false }, (_event, changed) => {
    if (changed !== null && isOne(changed)) call();
  });
  watcher.on('error', () => watcher.close());
  return { [Symbol.dispose]: () => watcher.close() };
}
