import { Logger } from 'graphile-worker';
import type { Log } from '../../domain/log.ts';

/** The queue's library tells of each job it does: only what went wrong is worth a line. */
export const quietLogger = new Logger(() => () => {});

export const loggerTo = (log: Log): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.warn({ part: 'wake-ups' }, message);
  });
