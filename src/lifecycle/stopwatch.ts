import type { Clock } from '../engine/clock.ts';

/**
 * How long something has been as it is, on the monotonic clock: a wall clock that is set must neither take a release
 * back nor declare an agent silent. Counts from when this process first saw it so, hence from its own start at the
 * earliest.
 */
export interface Stopwatch {
  /** Milliseconds since the mark under this key last changed. 0 the first time it is seen. */
  unchangedMs(key: string, mark: string): number;
  forget(key: string): void;
}

export function createStopwatch(clock: Clock): Stopwatch {
  const seen = new Map<string, { readonly mark: string; readonly sinceMs: number }>();
  return {
    unchangedMs: (key, mark) => {
      const before = seen.get(key);
      if (before?.mark === mark) return clock.monotonicMs() - before.sinceMs;
      seen.set(key, { mark, sinceMs: clock.monotonicMs() });
      return 0;
    },
    forget: (key) => void seen.delete(key),
  };
}
