import {
  lowerBound,
  surelyAtMost,
  surelyOver,
  upperBound,
} from '../../src/domain/rollout/judge/statistics/binomial-bounds.ts';
import type { FirstMinutes } from './judge-figures-counting.ts';
import type { Row } from './judge-figures-rows.ts';
import { type Outcomes, runsOf } from './judge-figures-runs.ts';

export interface RowFigures {
  readonly row: Row;
  readonly runs: number;
  /** Shares of the runs. */
  readonly advanced: number;
  readonly held: number;
  readonly rolledBack: number;
  /** Runs that ended wrongly: healthy ones taken back, bad ones that went through. */
  readonly wrong: number;
  /** Of what is bad: since it turned bad, to what ends most runs, taking back or holding. */
  readonly medianFoundMs: number | null;
  readonly first: Readonly<
    Record<keyof FirstMinutes, { readonly share: number; readonly medianMs: number | null }>
  >;
}

export const figuresOf = (row: Row, runs: number, seed: number): RowFigures =>
  figuresFrom(row, runsOf(row, runs, seed));

export function figuresFrom(row: Row, { runs, atMs, firstMs }: Outcomes): RowFigures {
  const back = atMs['rolled back'];
  const found = median(back.length >= atMs.held.length ? back : atMs.held);
  const spoken = (times: readonly number[]) => ({ share: times.length / runs, medianMs: median(times) });
  return {
    row,
    runs,
    advanced: atMs.advanced.length / runs,
    held: atMs.held.length / runs,
    rolledBack: back.length / runs,
    wrong: row.isHealthy ? back.length : atMs.advanced.length,
    medianFoundMs: found === null || row.isHealthy ? null : found - row.badFromMs,
    first: {
      literal: spoken(firstMs.literal),
      argoLike: spoken(firstMs.argoLike),
      contract: spoken(firstMs.contract),
      earlyStop: spoken(firstMs.earlyStop),
    },
  };
}

const median = (values: readonly number[]): number | null =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? null;

/** Whether the runs show (95 %) that a figure of the row is not reached: a few too many in a few runs is chance. */
export function isMissed({ row, runs, advanced, wrong }: RowFigures): boolean {
  const ahead = Math.round(advanced * runs);
  const tooFewAdvance = row.leastAdvanced > 0 && surelyAtMost(ahead, runs, row.leastAdvanced, 0.05);
  return tooFewAdvance || surelyOver(wrong, runs, row.mostWrong, 0.05);
}

const columns = [
  'new version at 10 %',
  'literal',
  'counting',
  'contract',
  'early stop',
  'advanced',
  'held',
  'taken back',
  'wrong (95 % sure)',
  'found after',
] as const;

/**
 * A table in Markdown, one line for each row: within five minutes by each rule, with the median time of those that fired
 * where the release is bad; then how the whole rollout ended, and with exact (Clopper-Pearson) bounds how many ended wrongly.
 */
export function printed(figures: readonly RowFigures[]): string {
  const lines = [columns, ...figures.map(cellsOf)];
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => cells[index]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const [heading, ...rest] = lines.map(line);
  return [heading, rule, ...rest].join('\n');
}

const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.01 ? 2 : 1)} %`;
const seconds = (ms: number | null): string => (ms === null ? '' : `${Math.round(ms / 1000)} s`);

function cellsOf(figures: RowFigures): readonly string[] {
  const { row, first, advanced, held, rolledBack, medianFoundMs } = figures;
  const counting = [first.literal, first.argoLike].map(speaking(row));
  // What ours say of what turns bad later is said by the whole rollout: they judge by all that came before.
  const ours = row.badFromMs > 0 ? ['', ''] : [first.contract, first.earlyStop].map(speaking(row));
  const ends = [advanced, held, rolledBack].map(percent);
  const name = `${row.name}${row.isHealthy ? '' : ' (bad)'}`;
  return [name, ...counting, ...ours, ...ends, wrongOf(figures), seconds(medianFoundMs)];
}

const speaking =
  ({ isHealthy }: Row) =>
  ({ share, medianMs }: RowFigures['first']['literal']): string =>
    isHealthy || medianMs === null ? percent(share) : `${percent(share)}, ${seconds(medianMs)}`;

/** Both bounds together are wrong one time in twenty. */
function wrongOf({ runs, wrong }: RowFigures): string {
  const [low, high] = [lowerBound(wrong, runs, 0.025), upperBound(wrong, runs, 0.025)];
  return `${(low * 100).toFixed(2)} to ${(high * 100).toFixed(2)} %`;
}
