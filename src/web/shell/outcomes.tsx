import { useSyncExternalStore } from 'react';
import './strip.css';

interface Outcome {
  readonly key: number;
  readonly text: string;
}

/** Long enough to be read twice; the log keeps it for ever. */
const shownMs = 8000;
let outcomes: readonly Outcome[] = [];
let count = 0;
const watchers = new Set<() => void>();

function become(next: readonly Outcome[]): void {
  outcomes = next;
  for (const watcher of watchers) watcher();
}

/** Says how something ended: on the page and to a screen reader. */
export function tellOutcome(text: string): void {
  count += 1;
  const key = count;
  become([...outcomes.slice(-2), { key, text }]);
  setTimeout(() => become(outcomes.filter((one) => one.key !== key)), shownMs);
}

const watch = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export function Outcomes() {
  const shown = useSyncExternalStore(watch, () => outcomes);
  return (
    <div className="outcomes" role="status" aria-live="polite">
      {shown.map((one) => (
        <p key={one.key}>{one.text}</p>
      ))}
    </div>
  );
}
