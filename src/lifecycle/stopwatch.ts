import { keepLatest } from '../domain/latest.ts';
import type { Clock } from '../engine/clock.ts';

/**
 * How long something has been as it is, on the monotonic clock: a wall clock that is set must neither take a release
 * back nor declare an agent silent. Counts from when this process first saw it so, hence from its own start at the
 * earliest.
 */
export interface Stopwatch {
  /**
   * Milliseconds since the mark under this key last changed; 0 the first time it is seen. Of the time between two looks at
   * most `gapMs` counts: while the control plane or its database stood still, nobody could have been heard. For what is
   * looked at more often than that.
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
  readonly leftAtFirstMs: number;
}

/**
 * What another replica brings to its end is never forgotten here, and not looked at either: what was looked at last goes last.
 * More than there are agents and live rollouts, because of those none may go.
 */
const mostSeen = 100_000;

export function createStopwatch(clock: Clock): Stopwatch {
  const seen = new Map<string, Seen>();
  const look = (key: string, mark: string, gapMs: number, leftMs: number): Seen => {
    const lookedMs = clock.monotonicMs();
    const before = seen.get(key);
    const now =
      before?.mark === mark
        ? {
            ...before,
            lookedMs,
            unchangedMs: before.unchangedMs + Math.min(gapMs, lookedMs - before.lookedMs),
          }
        : { mark, lookedMs, unchangedMs: 0, leftAtFirstMs: leftMs };
    keepLatest(seen, mostSeen, key, now);
    return now;
  };
  return {
    attendedMs: (key, mark, gapMs) => look(key, mark, gapMs, 0).unchangedMs,
    leftMs: (key, mark, leftMs) => {
      const { leftAtFirstMs, unchangedMs } = look(key, mark, Number.POSITIVE_INFINITY, leftMs);
      return leftAtFirstMs - unchangedMs;
    },
    forget: (key) => void seen.delete(key),
  };
}
