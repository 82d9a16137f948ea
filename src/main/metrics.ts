import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { OnReconciled } from '../engine/reconcile.ts';

/**
 * Figures of a program, for Prometheus. Those of Node itself are measured from the first question on: to watch the event loop
 * wakes a program a hundred times a second, and on a laptop nobody asks.
 */
export class ProgramFigures extends Registry {
  #isWatched = false;

  override metrics(): Promise<string> {
    if (!this.#isWatched) collectDefaultMetrics({ register: this });
    this.#isWatched = true;
    return super.metrics();
  }
}

/** What the reconcile loop does, for Prometheus. */
export function engineMetrics(registry: Registry): OnReconciled {
  const turns = new Counter({
    name: 'rung_reconcile_turns_total',
    help: 'Turns of the reconcile loop, by kind of key and outcome.',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'rung_reconcile_seconds',
    help: 'How long a turn of the reconcile loop took.',
    labelNames: ['kind'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  return (kind, outcome, durationMs) => {
    turns.inc({ kind, outcome });
    seconds.observe({ kind }, durationMs / 1000);
  };
}
