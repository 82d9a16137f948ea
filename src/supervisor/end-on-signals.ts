import type { Supervisor } from './supervisor.ts';

interface Signals {
  on(signal: NodeJS.Signals, call: () => void): unknown;
}

/**
 * Ctrl-C and SIGTERM end everything; a closed terminal (SIGHUP) ends nothing. Resolves when everything has ended;
 * rejects when that failed.
 */
export function endOnSignals(supervisor: Supervisor, signals: Signals): Promise<void> {
  return new Promise((resolve, reject) => {
    let isEnding = false;
    const end = (): void => {
      if (isEnding) return;
      isEnding = true;
      supervisor.stop().then(resolve, reject);
    };
    signals.on('SIGINT', end);
    signals.on('SIGTERM', end);
    signals.on('SIGHUP', () => undefined);
  });
}
