import { pino } from 'pino';
import type { Log } from '../domain/log.ts';

/** JSON lines on stdout, which the supervisor puts into the program's log file. */
export function programLog(name: string): Log {
  const destination = pino.destination({ fd: 1, sync: false });
  // Nobody reading the log is no reason to stop.
  destination.on('error', () => undefined);
  return pino({ name, base: { pid: process.pid } }, destination);
}

/** JSON lines into a file for its owner alone: for a program whose terminal belongs to a person. */
export function fileLog(path: string): Log {
  return pino(
    { name: 'supervisor', base: { pid: process.pid } },
    pino.destination({ dest: path, mkdir: true, mode: 0o600, sync: false }),
  );
}
