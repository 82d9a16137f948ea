import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTrials,
  type EProcess,
  isEvidenceAtLeast,
  logEvidence,
  oddsOf,
  startEProcess,
} from './e-process.ts';

const binomial = (x: number, n: number, p: number): number => {
  let chance = (1 - p) ** n;
  for (let k = 1; k <= x; k += 1) chance *= ((n - k + 1) / k) * (p / (1 - p));
  return chance;
};

/** The expected e-value over every outcome of these rounds of trials, each with true ratio p. */
function expected(
  process: EProcess,
  rounds: readonly number[],
  odds: number,
  p: number,
  starts: number,
): number {
  const [trials, ...rest] = rounds;
  if (trials === undefined) return Math.exp(logEvidence(process));
  let sum = 0;
  for (let events = 0; events <= trials; events += 1) {
    const next = addTrials(process, { events, trials, odds }, starts);
    sum += binomial(events, trials, p) * expected(next, rest, odds, p, starts);
  }
  return sum;
}

const ratio = fc.double({ min: 0.001, max: 0.6, noNaN: true });
const rounds = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

describe('an e-process', () => {
  it('expects exactly 1 at the tolerated ratio, whatever the grid and the starts: Ville needs no more', () => {
    fc.assert(
      fc.property(ratio, rounds, fc.constantFrom(0, 0.1, 0.4), (p0, list, starts) => {
        const process = startEProcess(starts === 0 ? 1 : 0.5);
        expect(expected(process, list, oddsOf(p0), p0, starts)).toBeCloseTo(1, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('expects no more than 1 below the tolerated ratio', () => {
    fc.assert(
      fc.property(ratio, rounds, fc.double({ min: 0, max: 1, noNaN: true }), (p0, list, share) => {
        expect(expected(startEProcess(1), list, oddsOf(p0), p0 * share, 0)).toBeLessThanOrEqual(1 + 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  const grid: [number, number][] = [
    [1.5, 0.15],
    [2, 0.35],
    [3, 0.25],
    [5, 0.1],
    [10, 0.07],
    [30, 0.05],
    [100, 0.03],
  ];

  it('is the likelihood ratio of its definition, with p0 and alternatives written out', () => {
    const [x, n, p0] = [7, 60, 0.05];
    const value = grid.reduce((sum, [multiple, weight]) => {
      const odds = (multiple * p0) / (1 - p0);
      const p = odds / (1 + odds);
      return sum + weight * (p / p0) ** x * ((1 - p) / (1 - p0)) ** (n - x);
    }, 0);
    const seen = addTrials(startEProcess(1), { events: x, trials: n, odds: oddsOf(p0) });
    expect(Math.exp(logEvidence(seen))).toBeCloseTo(value, 9);
  });

  it('answers whether it is at a value as the value itself does', () => {
    const log = fc.double({ min: -20, max: 20, noNaN: true });
    const anyProcess = fc
      .tuple(fc.constantFrom(0.1, 0.5, 0.999, 1), fc.array(log, { minLength: 7, maxLength: 7 }))
      .map(([started, logs]) => ({ started, logs }));
    fc.assert(
      fc.property(anyProcess, log, fc.double({ min: -2, max: 2, noNaN: true }), (process, at, near) => {
        const value = logEvidence(process);
        for (const asked of [at, value + near, value - 1e-9, value + 1e-9])
          expect(isEvidenceAtLeast(process, asked)).toBe(value >= asked);
      }),
    );
    const alike = { started: 1, logs: grid.map(([, weight]) => -Math.log(weight)) };
    expect([6.99, 7.01].map((value) => isEvidenceAtLeast(alike, Math.log(value)))).toEqual([true, false]);
    expect(isEvidenceAtLeast(startEProcess(1), -1e-9)).toBe(true);
    expect(isEvidenceAtLeast(startEProcess(0.1), 1e-9)).toBe(false);
  });

  it('is not changed by no trial, and begins once as a whole', () => {
    const half = startEProcess(0.5);
    expect(addTrials(half, { events: 0, trials: 0, odds: 1 }, 0.4)).toBe(half);
    const all = addTrials(half, { events: 1, trials: 9, odds: oddsOf(0.05) }, 0.9);
    expect(all.started).toBe(1);
    const seen = { events: 1, trials: 9, odds: oddsOf(0.05) };
    expect(logEvidence(all)).toBeCloseTo(logEvidence(addTrials(startEProcess(1), seen)), 9);
    expect(addTrials(all, seen, 0.5)).toEqual(addTrials(all, seen));
  });

  it('has odds for every ratio, those at the ends included', () => {
    expect(oddsOf(0.5)).toBe(1);
    expect(oddsOf(0.2)).toBeCloseTo(0.25, 12);
    for (const ratio of [-1, 0]) expect(oddsOf(ratio)).toBeCloseTo(1e-6, 9);
    for (const ratio of [1, 2]) expect(oddsOf(ratio)).toBeGreaterThan(1e5);
    expect(oddsOf(2)).toBeLessThan(1e7);
  });

  it('says the same of one round as of its parts', () => {
    const odds = oddsOf(0.05);
    const once = addTrials(startEProcess(1), { events: 5, trials: 50, odds });
    const parts = addTrials(addTrials(startEProcess(1), { events: 0, trials: 30, odds }), {
      events: 5,
      trials: 20,
      odds,
    });
    expect(logEvidence(parts)).toBeCloseTo(logEvidence(once), 9);
  });

  it('finds what begins late only where starts are spread: the cumulative form has forgotten how', () => {
    const odds = oddsOf(0.05);
    let [cumulative, spread] = [startEProcess(1), startEProcess(0.1)];
    const add = (events: number): void => {
      cumulative = addTrials(cumulative, { events, trials: 25, odds });
      spread = addTrials(spread, { events, trials: 25, odds }, 0.9 / 1440);
    };
    for (let turn = 0; turn < 720; turn += 1) add(0);
    for (let turn = 0; turn < 24; turn += 1) add(turn % 2 === 0 ? 2 : 3);
    expect(logEvidence(cumulative)).toBeLessThan(0);
    expect(logEvidence(spread)).toBeGreaterThan(Math.log(100));
  });
});
