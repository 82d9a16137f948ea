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

const isFound = ({ verdict }: Result): boolean => verdict.outcome === 'found';

/** A folder a line: how many were tried, found, explained. */
export function folderLines(results: readonly Result[]): readonly string[] {
  const folders = Map.groupBy(results, ({ mutant }) => folderOf(mutant.file));
  return [...folders]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .map(([folder, all]) => {
      const explained = all.filter((one) => !isFound(one) && one.explanation !== null).length;
      const found = all.filter(isFound).length;
      return `${folder.padEnd(32)} ${String(all.length).padStart(6)} tried ${String(found).padStart(6)} found ${String(explained).padStart(5)} explained`;
    });
}

const folderOf = (file: string): string => {
  const parts = file.split('/');
  return parts.length > 3 ? parts.slice(0, 3).join('/') : parts.slice(0, 2).join('/');
};

/** How many there are, and what share of all it stands for. */
export function shareLines(results: readonly Result[], ofAll: number): readonly string[] {
  const found = results.filter(isFound).length;
  const explained = results.filter((one) => !isFound(one) && one.explanation !== null).length;
  return [
    `${results.length} of ${ofAll} mutants tried: found ${shareText(shareOf(found, results.length))}`,
    ...(explained === 0
      ? []
      : [
          `without the ${explained} that are explained: ${shareText(shareOf(found, results.length - explained))}`,
        ]),
  ];
}

/** Ready to be put into the file of explanations, once somebody knows why. */
export const entriesText = (survivors: readonly Result[]): string =>
  stringify(
    survivors.map(({ mutant }) => ({ ...entryFor(mutant), why: '' })),
    { lineWidth: 0 },
  );
