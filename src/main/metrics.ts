import { Counter, Histogram, type Registry } from 'prom-client';
import type { OnReconciled } from '../engine/reconcile.ts';

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
