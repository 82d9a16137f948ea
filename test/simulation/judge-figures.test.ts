import { describe, expect, it } from 'vitest';
import { chanceFrom, poisson } from '../../src/simulate/chance.ts';
import { rows } from './judge-figures-rows.ts';
import { addOutcomes, runsOf } from './judge-figures-runs.ts';
import { figuresFrom, figuresOf, printed, type RowFigures } from './judge-figures-table.ts';

/** From a seed, so that the same runs come out every time; `judge-figures.ts` does as many as one likes. */
const seed = 1;
const figuresFor = (name: string, runs: number): RowFigures => {
  const row = rows.find((one) => one.name === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  return figuresOf(row, runs, seed);
};

describe('the judge over simulated rollouts, two hours of watching included', () => {
  it.each([
    ['0.5 rps, 1 %', 100],
    ['1 rps, 2 %', 100],
    ['5 rps, 1 %', 60],
    ['5 rps, 2 %', 60],
    ['20 rps, 2 %', 20],
  ])('advances healthy releases and takes none in a hundred back: %s', (name, runs) => {
    const { row, advanced, rolledBack } = figuresFor(name, runs);
    expect(advanced).toBeGreaterThanOrEqual(row.leastAdvanced);
    expect(rolledBack).toBeLessThanOrEqual(0.01);
  });

  it.each([
    ['0.5 rps, 4 %', 300],
    ['5 rps, 4 %, stable 0.1 %', 60],
  ])('may hold, and takes none in a hundred back, close under the limit: %s', (name, runs) => {
    const { rolledBack } = figuresFor(name, runs);
    expect(rolledBack).toBeLessThanOrEqual(0.01);
  });

  it('takes back what fails one request in ten within a minute or so, where counting failures needs two', () => {
    const { rolledBack, medianFoundMs, first } = figuresFor('5 rps, 10 %', 200);
    expect(rolledBack).toBe(1);
    expect(medianFoundMs).toBeLessThanOrEqual(60_000);
    expect(first.argoLike.medianMs).toBe(120_000);
    expect(first.contract).toMatchObject({ medianMs: 125_000 });
    expect(first.contract.share).toBeGreaterThan(0.98);
  });

  it('would take back most healthy releases close under the limit, were the sentence taken by the word', () => {
    const { first } = figuresFor('0.5 rps, 4 %', 100);
    expect(first.literal.share).toBeGreaterThan(0.8);
    expect(first.argoLike.share).toBeGreaterThan(0.3);
    expect(first.contract.share + first.earlyStop.share).toBeLessThanOrEqual(0.02);
  });

  it('never advances what turns bad in the last minute of the canary', () => {
    expect(figuresFor('5 rps, 6 % from 4 min', 100).advanced).toBe(0);
  });

  it('finds a regression that begins after an hour', () => {
    const { rolledBack, medianFoundMs } = figuresFor('0.5 rps, 10 % from 60 min', 60);
    expect(rolledBack).toBe(1);
    expect(medianFoundMs).toBeLessThanOrEqual(125_000);
  });

  it('finds what grows worse little by little, and asks a person about what has only become slow (REL-9)', () => {
    expect(figuresFor('5 rps, slow leak', 20).rolledBack).toBe(1);
    expect(figuresFor('5 rps, answers 3.5 times as slow', 10).held).toBe(1);
  });

  it('comes to the same figures when the runs are shared out', () => {
    const row = rows.find((one) => one.name === '0.5 rps, 10 %');
    if (row === undefined) throw new Error('no such row');
    const shared = addOutcomes(runsOf(row, 12, seed, 8), runsOf(row, 8, seed));
    expect(printed([figuresFrom(row, shared)])).toBe(printed([figuresOf(row, 20, seed)]));
  });

  it('prints the same table from the same seed', () => {
    const once = printed([figuresFor('5 rps, 10 %', 20)]);
    expect(once).toBe(printed([figuresFor('5 rps, 10 %', 20)]));
    expect(once.split('\n')[2]).toMatch(/^\| 5 rps, 10 % \(bad\)/);
  });
});

describe('the traffic of the simulation', () => {
  it('is Poisson: its mean and its variance are what was asked for', () => {
    for (const mean of [0.3, 5, 900]) {
      const chance = chanceFrom(3);
      const draws = Array.from({ length: 4_000 }, () => poisson(chance, mean));
      const average = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
      const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / draws.length;
      expect(Math.abs(average / mean - 1)).toBeLessThan(0.06);
      expect(Math.abs(variance / mean - 1)).toBeLessThan(0.12);
    }
  });
});
