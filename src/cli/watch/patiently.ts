import { isFailure, isWorthRetrying } from '../../domain/failure.ts';
import type { Cli } from '../cli.ts';
import { lostLine } from '../render/event.ts';

const firstPauseMs = 250;
const longestPauseMs = 10_000;

/**
 * Reads what is watched, again and again where that cannot be just now: a control plane that is started anew is back in seconds, and
 * what it told of goes on. Throws what trying again cannot help, and the latest failure once the command is to end.
 */
export async function patiently<T>(cli: Cli, read: () => Promise<T>): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    try {
      return await read();
    } catch (thrown) {
      if (!isFailure(thrown) || !isWorthRetrying(thrown.kind) || cli.signal.aborted) throw thrown;
      cli.note(lostLine({ failure: thrown, againInMs: pauseMs }));
      await cli.clock.sleep(pauseMs, cli.signal).catch(() => undefined);
    }
  }
}
