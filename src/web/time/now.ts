import { useSyncExternalStore } from 'react';

/** The page's only clock. It shows the server's time, so that ages are right on a machine whose own clock is not. */
let aheadMs = 0;
let shown = Date.now();
let ticking: ReturnType<typeof setInterval> | null = null;
const watchers = new Set<() => void>();

export const serverNow = (): number => Date.now() + aheadMs;

function tick(): void {
  shown = serverNow();
  for (const watcher of watchers) watcher();
}

/**
 * Call with the server's `now` as soon as an answer carries one, and how long that answer took: the server looked at its clock
 * some time within. What is known of its clock stays where that fits, so that a slow answer makes nothing worse.
 */
export function learnServerTime(now: number, tookMs: number): void {
  const least = now - Date.now();
  const most = least + tookMs;
  if (aheadMs >= least && aheadMs <= most) return;
  aheadMs = Math.round((least + most) / 2);
  tick();
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
