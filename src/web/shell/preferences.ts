import type { Zone } from '../time/format.ts';

export type Theme = 'system' | 'light' | 'dark';

const watchers = new Set<() => void>();

function read<T extends string>(key: string, known: readonly T[], fallback: T): T {
  try {
    const kept = localStorage.getItem(key);
    return known.find((one) => one === kept) ?? fallback;
  } catch {
    return fallback;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing still shows what was chosen until the page is closed.
  }
  for (const watcher of watchers) watcher();
}

let zone = read<Zone>('rung.zone', ['local', 'utc'], 'local');
let theme = read<Theme>('rung.theme', ['system', 'light', 'dark'], 'system');

/** How this person likes the page, kept in this browser alone. */
export const preferences = {
  watch: (watcher: () => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
  zone: (): Zone => zone,
  theme: (): Theme => theme,
  setZone: (next: Zone): void => {
    zone = next;
    keep('rung.zone', next);
  },
  setTheme: (next: Theme): void => {
    theme = next;
    applyTheme();
    keep('rung.theme', next);
  },
};

/** Before the first paint, so that nothing flashes. */
export function applyTheme(): void {
  document.documentElement.style.colorScheme = theme === 'system' ? 'light dark' : theme;
}
