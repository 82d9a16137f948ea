import { useSyncExternalStore } from 'react';

/** The page's only clock. It shows the server's time, so that ages are right on a machine whose own clock is not. */
let aheadMs = 0;
let shown = Date.now();
let ticking: ReturnType<typeof setInterval> | null = null;
const watchers = new Set<() => void>();

export const serverNow = (): number => Date.now() + aheadMs;

/** Call with the server's `now` as soon as an answer carries one. */
export function learnServerTime(now: number): void {
  const ahead = now - Date.now();
  // What lies under a second is the way of the answer, not a wrong clock.
  aheadMs = Math.abs(ahead) < 1000 ? 0 : ahead;
}

function tick(): void {
  shown = serverNow();
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  if (ticking === null) {
    shown = serverNow();
    ticking = setInterval(tick, 1000);
  }
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0 || ticking === null) return;
    clearInterval(ticking);
    ticking = null;
  };
}

/** The server's time in milliseconds since the epoch; renders again every second. */
export const useNow = (): number => useSyncExternalStore(watch, () => shown);
