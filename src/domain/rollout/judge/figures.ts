import type { ServiceName } from '../../ids.ts';
import { quantileMs } from '../latency.ts';
import { errorRatio, type ServiceEvidence, type Slot, type Tally } from './evidence.ts';
import { tallyOver } from './tally.ts';
import type { Baseline, Figures, JudgeStep, ServiceFigures } from './types.ts';

/** What was counted, for people: over the step, and over R1's window for the live curve. */
export function figuresOf(step: JudgeStep, service: ServiceName, seen: ServiceEvidence): ServiceFigures {
  const recent = seen.window.length > 0 ? seen.window : [seen.filling];
  const frozen = step.baseline?.[service];
  return {
    candidate: figures(seen.candidate, tallyOver(recent, 'candidate'), timeOver(recent, 'measuredMs')),
    stable:
      frozen === undefined
        ? figures(seen.stable, tallyOver(recent, 'stable'), timeOver(recent, 'durationMs'))
        : frozenFigures(frozen),
  };
}

const timeOver = (slots: readonly Slot[], time: 'measuredMs' | 'durationMs'): number =>
  slots.reduce((sum, slot) => sum + slot[time], 0);

function figures(total: Tally, recent: Tally, recentMs: number): Figures {
  return {
    requests: total.requests,
    errors: total.errors,
    probes: total.probes,
    errorRatio: errorRatio(total),
    p95Ms: quantileMs(total.latency, 0.95),
    recentErrorRatio: errorRatio(recent),
    recentP95Ms: quantileMs(recent.latency, 0.95),
    requestsPerSecond: recentMs > 0 ? (recent.requests * 1000) / recentMs : null,
  };
}

/** At 100 % the stable version takes no requests: its figures are those of the canary's end. */
const frozenFigures = (baseline: Baseline): Figures => ({
  requests: baseline.requests,
  errors: baseline.errors,
  probes: 0,
  errorRatio: errorRatio(baseline),
  p95Ms: baseline.p95Ms,
  recentErrorRatio: null,
  recentP95Ms: null,
  requestsPerSecond: null,
});
