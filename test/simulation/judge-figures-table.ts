import { surelyAtMost, surelyOver } from '../../src/domain/rollout/judge/statistics/binomial-bounds.ts';
import { chanceFrom } from '../../src/simulate/chance.ts';
import { type FirstMinutes, judgeFirstMinutes } from './judge-figures-counting.ts';
import { type Ending, simulateRollout } from './judge-figures-rollout.ts';
import type { Row } from './judge-figures-rows.ts';

export interface RowFigures {
  readonly row: Row;
  readonly runs: number;
  /** Shares of the runs. */
  readonly advanced: number;
  readonly held: number;
  readonly rolledBack: number;
  /** From the beginning, or from the regression where it comes later. */
  readonly medianFoundMs: number | null;
  readonly first: Readonly<
    Record<keyof FirstMinutes, { readonly share: number; readonly medianMs: number | null }>
  >;
}

/** Each run has a seed of its own, so that one can be looked at alone. */
export function figuresOf(row: Row, runs: number, seed: number): RowFigures {
  const seeds = Array.from({ length: runs }, (_, index) => Math.imul(seed + index, 0x9e3779b1));
  const endings = seeds.map((one) => simulateRollout(chanceFrom(one), row.traffic));
  const firsts = seeds.map((one) => judgeFirstMinutes(chanceFrom(one), row.traffic));
  const share = (outcome: Ending['outcome']): number =>
    endings.filter((ending) => ending.outcome === outcome).length / runs;
  const found = endings.filter((ending) => ending.outcome === 'rolled back').map((ending) => ending.atMs);
  return {
    row,
    runs,
    advanced: share('advanced'),
    held: share('held'),
    rolledBack: share('rolled back'),
    medianFoundMs: median(found),
    first: {
      literal: spoken(firsts, 'literal'),
      argoLike: spoken(firsts, 'argoLike'),
      contract: spoken(firsts, 'contract'),
      earlyStop: spoken(firsts, 'earlyStop'),
    },
  };
}

function spoken(firsts: readonly FirstMinutes[], by: keyof FirstMinutes) {
  const times = firsts.map((first) => first[by]).filter((time) => time !== null);
  return { share: times.length / firsts.length, medianMs: median(times) };
}

const median = (values: readonly number[]): number | null =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? null;

/** Whether the runs show (95 %) that a figure of the row is not reached: a few too many in a few runs is chance. */
export function isMissed({ row, runs, advanced, rolledBack }: RowFigures): boolean {
  const [ahead, back] = [Math.round(advanced * runs), Math.round(rolledBack * runs)];
  const tooFewAdvance = row.leastAdvanced > 0 && surelyAtMost(ahead, runs, row.leastAdvanced, 0.05);
  return tooFewAdvance || surelyOver(back, runs, row.mostRolledBack, 0.05);
}

/** One line for each row, under a heading. */
export function printed(figures: readonly RowFigures[]): string {
  const heading = [
    ['new version at 10 %', 28],
    ['literal', 14],
    ['Argo-like', 14],
    ['R1', 14],
    ['R2', 14],
    ['advanced', 10],
    ['held', 8],
    ['back', 8],
    ['found at', 9],
  ] as const;
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(heading[index]?.[1] ?? 0))
      .join('')
      .trimEnd();
  return [line(heading.map(([title]) => title)), ...figures.map((one) => line(cellsOf(one)))].join('\n');
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const seconds = (ms: number | null): string => (ms === null ? '' : `${Math.round(ms / 1000)} s`);

function cellsOf({ row, first, advanced, held, rolledBack, medianFoundMs }: RowFigures): readonly string[] {
  const speaking = [first.literal, first.argoLike, first.contract, first.earlyStop].map(
    ({ share, medianMs }) => `${percent(share)} ${row.isHealthy ? '' : seconds(medianMs)}`,
  );
  const ends = [advanced, held, rolledBack].map(percent);
  return [row.name, ...speaking, ...ends, seconds(medianFoundMs)];
}
