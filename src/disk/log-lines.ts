import { pino } from 'pino';

/** What waits to be written; beyond it lines are dropped, so that a disk that stays full takes no memory. */
const mostWaitingBytes = 1024 * 1024;

/**
 * Where a program's log goes, without waiting for it. That nobody reads it, or that its disk is full, is no reason to
 * stop what is logged.
 * @param to 1 for stdout, or the path of a file, which is made for its owner alone.
 */
export function logLines(to: 1 | string): ReturnType<typeof pino.destination> {
  const lines = pino.destination({
    ...(typeof to === 'string' ? { dest: to, mkdir: true, mode: 0o600 } : { fd: to }),
    sync: false,
    maxLength: mostWaitingBytes,
  });
  lines.on('error', () => undefined);
  return lines;
}
