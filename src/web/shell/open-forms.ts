import { useEffect, useSyncExternalStore } from 'react';

let openForms = 0;
const watchers = new Set<() => void>();

function become(count: number): void {
  openForms = count;
  for (const watcher of watchers) watcher();
}

const watch = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Says that somebody writes in a form for as long as what calls this is shown. */
export function useOpenForm(): void {
  useEffect(() => {
    become(openForms + 1);
    return () => become(openForms - 1);
  }, []);
}

/** Whether a form is open anywhere on the page. */
export const useIsWriting = (): boolean => useSyncExternalStore(watch, () => openForms > 0);
