import { isFailure } from '../domain/failure.ts';
import type { Log } from '../domain/log.ts';
import type { Clock } from '../engine/clock.ts';

/**
 * Does what cannot be done yet, again and again until it can: a failure of the kind `unavailable` is waited out, and
 * named in the log when it comes and when it changes. Every other failure is thrown.
 */
export async function onceAvailable<T>(work: () => Promise<T>, clock: Clock, log: Log): Promise<T> {
  let told = '';
  let pauseMs = firstPauseMs;
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.kind !== 'unavailable') throw thrown;
      if (thrown.code !== told) log.warn({ code: thrown.code, wayOut: thrown.wayOut }, thrown.message);
      told = thrown.code;
    }
    await clock.sleep(pauseMs);
    pauseMs = Math.min(longestPauseMs, pauseMs * 1.3);
  }
}

const firstPauseMs = 10;
const longestPauseMs = 500;
