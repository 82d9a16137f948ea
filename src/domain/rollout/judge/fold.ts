import type { ServiceName } from '../../ids.ts';
import type { Sample, ServiceSample } from '../sample.ts';
import { foldContract, readContract, slotMs, windowMs } from './contract.ts';
import { foldAbsolute, foldRelative } from './early-stop.ts';
import { emptyTally, type ServiceEvidence, type Slot, type Tally } from './evidence.ts';
import { foldHealth, startHealth } from './health.ts';
import { baselineOfService, foldSlower } from './slow-answers.ts';
import { startEProcess } from './statistics/e-process.ts';
import { addSlots, addTallies, emptySlot, measured } from './tally.ts';
import type { JudgeState, JudgeStep } from './types.ts';

/** Judging a step from its beginning, with no evidence yet. */
export function startJudging(step: JudgeStep): JudgeState {
  const evidence: Record<ServiceName, ServiceEvidence> = {};
  for (const service of step.services) evidence[service] = startService(step);
  return { version: 1, step, lastSample: 0, foldedMs: 0, evidence };
}

/**
 * While watching, a tenth of the weight is on a release that was bad from the start, which the canary has made
 * unlikely, and the rest is spread evenly over the times at which it may go bad.
 */
const weightAtStart = (step: JudgeStep): number => (step.phase === 'watching' ? 0.1 : 1);

const twoHoursMs = 2 * 3_600_000;

const newStartsIn = (step: JudgeStep, durationMs: number): number =>
  (1 - weightAtStart(step)) * (durationMs / (step.maximumMs > 0 ? step.maximumMs : twoHoursMs));

function startService(step: JudgeStep): ServiceEvidence {
  return {
    candidate: emptyTally,
    stable: emptyTally,
    filling: emptySlot,
    window: [],
    contract: { last: 'unknown', breach: null },
    exposureMs: 0,
    observedMs: 0,
    absolute: startEProcess(weightAtStart(step)),
    relative: startEProcess(1),
    slower: startEProcess(weightAtStart(step)),
    health: startHealth,
  };
}

/**
 * The state after one more sample. A sample that was folded already changes nothing. Judge after every sample: what a
 * rule says is said of the evidence up to here.
 */
export function foldSample(state: JudgeState, sample: Sample): JudgeState {
  if (sample.number <= state.lastSample) return state;
  const durationMs = Number.isFinite(sample.durationMs) ? Math.max(0, sample.durationMs) : 0;
  const foldedMs = state.foldedMs + durationMs;
  const evidence: Record<ServiceName, ServiceEvidence> = {};
  for (const service of state.step.services) {
    const before = state.evidence[service] ?? startService(state.step);
    evidence[service] = foldService(state.step, service, before, {
      of: sample.services[service],
      durationMs,
      isAtWeight: sample.trafficPercent >= (state.step.trafficPercent ?? 0),
      foldedMs,
    });
  }
  return { version: 1, step: state.step, lastSample: sample.number, foldedMs, evidence };
}

interface Seen {
  readonly of: ServiceSample | undefined;
  readonly durationMs: number;
  readonly isAtWeight: boolean;
  readonly foldedMs: number;
}

function foldService(
  step: JudgeStep,
  service: ServiceName,
  before: ServiceEvidence,
  seen: Seen,
): ServiceEvidence {
  const candidate = measured(seen.of?.candidate);
  const stable = measured(seen.of?.stable) ?? emptyTally;
  return {
    ...evidenceWith(step, service, before, candidate, stable, seen.durationMs),
    health: seen.of === undefined ? before.health : foldHealth(before.health, seen.of.health, seen.foldedMs),
    ...foldSlot(step, before, slotOf(candidate, stable, seen)),
  };
}

type Sums = Pick<ServiceEvidence, 'candidate' | 'stable' | 'absolute' | 'relative' | 'slower'>;
type Course = Pick<ServiceEvidence, 'filling' | 'window' | 'contract' | 'exposureMs' | 'observedMs'>;

function evidenceWith(
  step: JudgeStep,
  service: ServiceName,
  before: ServiceEvidence,
  candidate: Tally | null,
  stable: Tally,
  durationMs: number,
): Sums {
  const stableSoFar = addTallies(before.stable, stable);
  if (candidate === null) return sumsOf(before, stableSoFar);
  const starts = newStartsIn(step, durationMs);
  const baseline = baselineOfService(step, service, stableSoFar);
  return {
    stable: stableSoFar,
    candidate: addTallies(before.candidate, candidate),
    absolute: foldAbsolute(before.absolute, candidate, step.errorLimit, starts),
    relative: foldRelative(before.relative, candidate, stable),
    slower: foldSlower(before.slower, candidate, baseline, step, starts),
  };
}

const sumsOf = ({ candidate, absolute, relative, slower }: ServiceEvidence, stable: Tally): Sums => ({
  candidate,
  stable,
  absolute,
  relative,
  slower,
});

function slotOf(candidate: Tally | null, stable: Tally, seen: Seen): Slot {
  const measuredMs = candidate === null ? 0 : seen.durationMs;
  return {
    durationMs: seen.durationMs,
    measuredMs,
    exposedMs: seen.isAtWeight ? measuredMs : 0,
    candidate: candidate ?? emptyTally,
    stable,
  };
}

/** Samples come a little early or late: a slot is full with nine tenths of its length. */
function foldSlot(step: JudgeStep, before: ServiceEvidence, slot: Slot): Course {
  const filling = addSlots(before.filling, slot);
  if (filling.durationMs < 0.9 * slotMs(step)) {
    const { window, contract, exposureMs, observedMs } = before;
    return { filling, window, contract, exposureMs, observedMs };
  }
  const window = slide([...before.window, filling], step);
  const reading = readContract(filling, window, step.errorLimit);
  return {
    filling: emptySlot,
    window,
    contract: foldContract(before.contract, reading, window),
    exposureMs: before.exposureMs + (reading === 'ok' ? filling.exposedMs : 0),
    observedMs: before.observedMs + (reading === 'unknown' ? 0 : filling.measuredMs),
  };
}

/** Drops what is older than the window, to the nearest slot. */
function slide(slots: readonly Slot[], step: JudgeStep): readonly Slot[] {
  const enoughMs = windowMs(step) - slotMs(step) / 2;
  let coveredMs = 0;
  let first = slots.length;
  while (first > 0 && coveredMs < enoughMs) {
    first -= 1;
    coveredMs += slots[first]?.durationMs ?? 0;
  }
  return slots.slice(first);
}
