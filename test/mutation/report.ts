import { stringify } from 'yaml';
import { entryFor, type Explanation } from './explained.ts';
import type { Mutant } from './mutants.ts';
import { shareOf, shareText } from './share.ts';
import type { Verdict } from './trial.ts';

export interface Result {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  readonly explanation: Explanation | null;
}

const mostShown = 160;

const short = (text: string): string => {
  const line = text.replaceAll(/\s+/gu, ' ');
  return line.length > mostShown ? `${line.slice(0, mostShown)} …` : line;
};

/** Where it lies, what stood there, and what did instead. */
export function survivorLines({ mutant, verdict, explanation }: Result): readonly string[] {
  const { file, line, column, inside, was, to } = mutant;
  const notTried = verdict.notTried === 0 ? '' : `, ${verdict.notTried} slow tests left out`;
  const how = verdict.outcome === 'not reached' ? 'no test reaches it' : `survived${notTried}`;
  return [
    `${file}:${line}:${column} ${inside} (${how})`,
    `  - ${short(was)}`,
    `  + ${short(to) || '(nothing)'}`,
    ...(explanation === null ? [] : [`  ${explanation.why}`]),
  ];
}

const countOf = (results: readonly Result[], outcome: Verdict['outcome']): number =>
  results.filter(({ verdict }) => verdict.outcome === outcome).length;

/** By the compiler, or by a test. */
export const isCaught = ({ verdict: { outcome } }: Result): boolean =>
  outcome === 'refused' || outcome === 'found';

const explainedIn = (results: readonly Result[]): number =>
  results.filter((one) => !isCaught(one) && one.explanation !== null).length;

/** A folder a line: how many there are, were refused, found, explained. */
export function folderLines(results: readonly Result[]): readonly string[] {
  const folders = Map.groupBy(results, ({ mutant }) => folderOf(mutant.file));
  const column = (count: number, name: string): string => `${String(count).padStart(6)} ${name}`;
  return [...folders]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .map(([folder, all]) =>
      [
        folder.padEnd(32),
        column(all.length, 'tried'),
        column(countOf(all, 'refused'), 'refused'),
        column(countOf(all, 'found'), 'found'),
        column(explainedIn(all), 'explained'),
        column(all.filter((one) => !isCaught(one)).length - explainedIn(all), 'left'),
      ].join(''),
    );
}

const folderOf = (file: string): string => {
  const parts = file.split('/');
  return parts.length > 3 ? parts.slice(0, 3).join('/') : parts.slice(0, 2).join('/');
};

/** How many there are, who catches how many, and what share of all that stands for. */
export function shareLines(results: readonly Result[], ofAll: number): readonly string[] {
  const [refused, found] = [countOf(results, 'refused'), countOf(results, 'found')];
  const compiled = results.length - refused;
  const explained = explainedIn(results);
  const share = (hits: number, of: number): string => shareText(shareOf(hits, of));
  return [
    `${results.length} of ${ofAll} mutants: the compiler refuses ${refused}, tests find ${found}: ${share(refused + found, results.length)}`,
    `of the ${compiled} that compile, tests find ${share(found, compiled)}`,
    ...(explained === 0
      ? []
      : [`and without the ${explained} that are explained ${share(found, compiled - explained)}`]),
  ];
}

/** Ready to be put into the file of explanations, once somebody knows why. */
export const entriesText = (survivors: readonly Result[]): string =>
  stringify(
    survivors.map(({ mutant }) => ({ ...entryFor(mutant), why: '' })),
    { lineWidth: 0 },
  );
