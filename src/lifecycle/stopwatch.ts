import type { Clock } from '../engine/clock.ts';

/**
 * How long something has been as it is, on the monotonic clock: a wall clock that is set must neither take a release
 * back nor declare an agent silent. Counts from when this process first saw it so, hence from its own start at the
 * earliest.
 */
export interface Stopwatch {
  /** Milliseconds since the mark under this key last changed. 0 the first time it is seen. */
  unchangedMs(key: string, mark: string): number;
  /**
   * The same, but of the time between two looks at most `gapMs` counts: while the control plane or its database stood
   * still, nobody could have been heard. For what is looked at more often than that.
   */
  attendedMs(key: string, mark: string, gapMs: number): number;
  /** What is left now of a time of which `leftMs` was left when this process first saw the mark under this key. */
  leftMs(key: string, mark: string, leftMs: number): number;
  forget(key: string): void;
}

interface Seen {
  readonly mark: string;
  readonly lookedMs: number;
  readonly unchangedMs: number;
}

export function createStopwatch(clock: Clock): Stopwatch {
  const seen = new Map<string, Seen>();
  const leftAtFirst = new Map<string, number>();
  const attendedMs = (key: string, mark: string, gapMs: number): number => {
    const lookedMs = clock.monotonicMs();
    const before = seen.get(key);
    const unchangedMs =
      before?.mark === mark ? before.unchangedMs + Math.min(gapMs, lookedMs - before.lookedMs) : 0;
    seen.set(key, { mark, lookedMs, unchangedMs });
    return unchangedMs;
  };
  return {
    attendedMs,
    unchangedMs: (key, mark) => attendedMs(key, mark, Number.POSITIVE_INFINITY),
    leftMs: (key, mark, leftMs) => {
      if (seen.get(key)?.mark !== mark) leftAtFirst.set(key, leftMs);
      return (leftAtFirst.get(key) ?? leftMs) - attendedMs(key, mark, Number.POSITIVE_INFINITY);
    },
    forget: (key) => {
      seen.delete(key);
      leftAtFirst.delete(key);
    },
  };
}
