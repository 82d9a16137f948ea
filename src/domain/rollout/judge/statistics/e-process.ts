import { logAdd, logSum } from './log-sum.ts';

/**
 * An e-process: evidence that a ratio of events is above the tolerated p0, which may be looked at after every
 * request. Under p0 or less, P(it ever reaches c) ≤ 1/c (Ville 1939). It is a mixture of likelihood ratios over a finite grid of alternatives, and over the times
 * at which a change may have begun.
 *
 * With odds o = p0/(1−p0) and an alternative of g times these odds, the likelihood ratio of x events in n trials is
 * g^x · ((1+o)/(1+g·o))^n. Odds keep every alternative below 1, whatever p0 is.
 */
export interface EProcess {
  /** Weight of the starts that have begun, up to 1. What has not begun is evidence of 1. */
  readonly started: number;
  /** For each alternative, ln of the mixture of its likelihood ratios over the starts that have begun. */
  readonly logs: readonly number[];
}

/**
 * Alternatives as multiples of the tolerated odds, with their weights (they sum to 1). Most weight lies where time is
 * lost: a ratio of twice the limit takes hundreds of requests, one of ten times shows in a handful at any weight.
 */
const grid = [
  { multiple: 1.5, weight: 0.15 },
  { multiple: 2, weight: 0.35 },
  { multiple: 3, weight: 0.25 },
  { multiple: 5, weight: 0.1 },
  { multiple: 10, weight: 0.07 },
  { multiple: 30, weight: 0.05 },
  { multiple: 100, weight: 0.03 },
].map(({ multiple, weight }) => ({ multiple, logMultiple: Math.log(multiple), logWeight: Math.log(weight) }));

/** A process of which `weight` begins now and the rest may begin later. */
export const startEProcess = (weight: number): EProcess => ({
  started: weight,
  logs: grid.map(() => Math.log(weight)),
});

/** Odds of a ratio, kept off the ends where a likelihood ratio has no value. */
export function oddsOf(ratio: number): number {
  const kept = Math.min(Math.max(ratio, 1e-6), 1 - 1e-6);
  return kept / (1 - kept);
}

/**
 * The process after `events` in `trials`, under the tolerated odds `odds`, which may differ from call to call.
 * `newStarts` is the weight of the starts that begin with these trials.
 */
export function addTrials(
  process: EProcess,
  seen: { readonly events: number; readonly trials: number; readonly odds: number },
  newStarts = 0,
): EProcess {
  if (seen.trials === 0) return process;
  const weight = Math.min(newStarts, 1 - process.started);
  const logStart = weight > 0 ? Math.log(weight) : Number.NEGATIVE_INFINITY;
  const logs = grid.map(({ multiple, logMultiple }, index) => {
    const before = logAdd(process.logs[index] ?? Number.NEGATIVE_INFINITY, logStart);
    const perTrial = Math.log((1 + seen.odds) / (1 + multiple * seen.odds));
    return before + seen.events * logMultiple + seen.trials * perTrial;
  });
  return { started: process.started + Math.max(0, weight), logs };
}

/** ln of the e-value. */
export function logEvidence(process: EProcess): number {
  const begun = logSum(grid.map(({ logWeight }, index) => logWeight + (process.logs[index] ?? 0)));
  return process.started < 1 ? logAdd(begun, Math.log(1 - process.started)) : begun;
}
