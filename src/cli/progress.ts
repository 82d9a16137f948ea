import type { Cli } from './cli.ts';
import { fit } from './render/width.ts';

/** One line that says how far long work is, and is gone when the work is done. */
export interface Progress extends Disposable {
  say(line: string): void;
}

const againAfterMs = 100;
const clearLine = '\r\u001B[K';
const silent: Progress = { say: () => {}, [Symbol.dispose]: () => {} };

/** On a terminal alone, beside the answer: nothing of it comes into a file, a pipe or what a program reads. */
export function openProgress({ stderr, env, clock }: Cli, { json }: { readonly json?: boolean }): Progress {
  if (json === true || stderr.isTTY !== true || env['TERM'] === 'dumb') return silent;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  return {
    say: (line) => {
      const nowMs = clock.monotonicMs();
      if (nowMs - saidAtMs < againAfterMs) return;
      saidAtMs = nowMs;
      stderr.write(clearLine + fit(line, (stderr.columns ?? 80) - 1));
    },
    [Symbol.dispose]: () => {
      if (saidAtMs !== Number.NEGATIVE_INFINITY) stderr.write(clearLine);
    },
  };
}
