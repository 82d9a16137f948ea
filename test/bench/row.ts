import { appendFileSync } from 'node:fs';
import process from 'node:process';
import { figureText } from '../../scripts/tasks/figure-text.mjs';

export interface Subject {
  /** The heading of its table. */
  readonly title: string;
  /** A sentence on what is measured, and how. */
  readonly about: string;
}

export interface Row {
  readonly what: string;
  readonly figure: number;
  /** What the figure is counted in, as it is printed behind it: `ms`, `requests/s`, `%`. */
  readonly unit: string;
  /** The same, in the same run on the same machine, of what it is compared with. */
  readonly beside?: { readonly what: string; readonly figure: number };
  readonly reach?: { readonly text: string; readonly holds: boolean };
  /** Commits to the database that each of what is counted takes. */
  readonly commits?: number;
  /** What somebody who reads the figure has to know. */
  readonly note?: string;
}

/** Whether a smaller size will do: CI looks whether everything still runs, and nobody reads its figures. */
export const isSmall = process.env['RUNG_BENCH_SMALL'] === '1';

/** The one for a real figure, or the one that takes seconds. */
export const sized = (full: number, small: number): number => (isSmall ? small : full);

/** Says what the rows that follow are about. A program in this folder that does so is a bench. */
export function subject(about: Subject): void {
  process.stdout.write(`${about.about}\n`);
  handOn({ subject: about });
}

/** Prints one figure in one line, and hands it on where all are collected. */
export function row(given: Row): void {
  process.stdout.write(`${rowText(given)}\n`);
  handOn({ row: given });
}

/** Of figures, the smallest that this share of them does not go beyond. `share` of 0.95 is the p95. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (figures: readonly number[]): number => quantile(figures, 0.5);

/** Columns that stand below each other as long as nobody says much. */
export function rowText({ what, figure, unit, beside, reach, commits, note }: Row): string {
  const columns = [
    what.padEnd(60),
    `${figureText(figure)} ${unit}`.padStart(18),
    beside === undefined
      ? ''
      : `${figureText(figure / beside.figure)} × ${beside.what} (${figureText(beside.figure)})`,
    commits === undefined ? '' : `commits of each: ${figureText(commits)}`,
    reach === undefined ? '' : `${reach.text}${reach.holds ? '' : '  ✗ out of reach'}`,
    note ?? '',
  ];
  return columns
    .filter((column) => column !== '')
    .join('  ')
    .trimEnd();
}

const collectedIn = process.env['RUNG_BENCH_ROWS'];

function handOn(line: { readonly subject: Subject } | { readonly row: Row }): void {
  if (collectedIn !== undefined) appendFileSync(collectedIn, `${JSON.stringify(line)}\n`, { mode: 0o600 });
}
