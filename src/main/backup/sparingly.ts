import { setFlagsFromString } from 'node:v8';

/**
 * Does something large with little memory: V8, which lets a program grow with what it throws away, clears it away early meanwhile. It
 * asks for this each time that it decides, so it may be said at any moment, and is taken back at the end.
 */
export async function sparingly<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString('--memory-saver-mode');
  try {
    return await work();
  } finally {
    setFlagsFromString('--no-memory-saver-mode');
  }
}
