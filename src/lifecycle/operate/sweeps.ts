import type { Clock } from '../../engine/clock.ts';

/** Sweeps at once and then regularly, never twice at the same time. Stopping waits for the one under way. */
export function sweepEvery(
  clock: Clock,
  everyMs: number,
  sweep: () => Promise<void>,
): { stop(): Promise<void> } {
  let sweeping = sweep();
  const regularly = clock.every(everyMs, () => {
    sweeping = sweeping.then(sweep);
    return sweeping;
  });
  return {
    stop: async () => {
      regularly[Symbol.dispose]();
      await sweeping;
    },
  };
}
