import { amongLatest } from '../../../latest.ts';
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

const logMultiples = grid.map(({ logMultiple }) => logMultiple);
const logWeights = grid.map(({ logWeight }) => logWeight);

/** Of the terms of an e-value, with what has not begun, and something over for rounding. */
const logMostTerms = Math.log(grid.length + 2);

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

/** What each alternative makes of a trial, for the odds asked for lately: mostly those of a limit, which stay the same. */
const perTrial = new Map<number, readonly number[]>();
const mostOddsKept = 64;

const logsPerTrial = (odds: number): readonly number[] =>
  amongLatest(perTrial, mostOddsKept, odds, () =>
    grid.map(({ multiple }) => Math.log((1 + odds) / (1 + multiple * odds))),
  );

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
  const logStart = Math.log(weight);
  const trial = logsPerTrial(seen.odds);
  const logs = process.logs.map((log, index) => {
    const before = logAdd(log, logStart);
    return before + seen.events * (logMultiples[index] ?? 0) + seen.trials * (trial[index] ?? 0);
  });
  return { started: process.started + weight, logs };
}

/**
 * Whether the e-value is at `log` or above: what a rule asks after every sample. A sum of n terms lies between its
 * largest and n times that, so the answer is mostly plain without adding them up.
 */
export function isEvidenceAtLeast(process: EProcess, log: number): boolean {
  let highest = logNotBegun(process);
  for (let index = 0; index < logWeights.length; index += 1)
    highest = Math.max(highest, (logWeights[index] ?? 0) + (process.logs[index] ?? 0));
  if (highest >= log) return true;
  return highest + logMostTerms >= log && logEvidence(process) >= log;
}

/** ln of the e-value. */
export function logEvidence(process: EProcess): number {
  const begun = logSum(grid.map(({ logWeight }, index) => logWeight + (process.logs[index] ?? 0)));
  return logAdd(begun, logNotBegun(process));
}

/** ln of the weight of what has not begun: -Infinity once all has. */
const logNotBegun = ({ started }: EProcess): number => Math.log(1 - started);
