import {
  type CoverageFacts,
  type FileCoverage,
  mostShown,
  ratioOf,
  shortened,
} from '../../../domain/evidence/facts.ts';
import type { Disagreeing } from './disagreeing.ts';
import { LineMarks } from './line-marks.ts';
import { ownText } from './own-text.ts';
import type { Kept, Problems } from './problems.ts';

/** Branches of one file, as a format tells them apart. */
export interface BranchCount {
  readonly found: number;
  readonly hit: number;
}

export interface CoveredFile<Branches extends BranchCount> {
  readonly lines: LineMarks;
  readonly branches: Branches;
}

/** What a file takes beside its name, lines and branches. */
const bytesOfEntry = 700;

/** Every source file that a report names, each once, however often it comes. */
export class CoveredFiles<Branches extends BranchCount> {
  readonly #files = new Map<string, CoveredFile<Branches>>();
  readonly #kept: Kept;
  readonly #noBranches: () => Branches;

  constructor(kept: Kept, noBranches: () => Branches) {
    this.#kept = kept;
    this.#noBranches = noBranches;
  }

  named(name: string): CoveredFile<Branches> {
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    this.#kept.add(2 * name.length + bytesOfEntry);
    const file = { lines: new LineMarks(this.#kept), branches: this.#noBranches() };
    this.#files.set(ownText(name), file);
    return file;
  }

  facts(disagreeing: Disagreeing, problems: Problems): CoverageFacts {
    const all = [...this.#files];
    const sum = (count: (file: CoveredFile<Branches>) => number): number =>
      all.reduce((total, [, file]) => total + count(file), 0);
    const linesFound = sum(({ lines }) => lines.found);
    const linesHit = sum(({ lines }) => lines.hit);
    const branchesFound = sum(({ branches }) => branches.found);
    const branchesHit = sum(({ branches }) => branches.hit);
    return {
      kind: 'coverage',
      linesFound,
      linesHit,
      lineRatio: ratioOf(linesHit, linesFound) ?? problems.stop(nothingCovered),
      branchesFound,
      branchesHit,
      branchRatio: ratioOf(branchesHit, branchesFound),
      files: all.length,
      lowest: all
        .flatMap(([name, { lines }]) => coverageOf(name, lines))
        .toSorted(byRatio)
        .slice(0, mostShown),
      disagreements: disagreeing.all,
    };
  }
}

function coverageOf(name: string, { found, hit }: LineMarks): FileCoverage[] {
  const lineRatio = ratioOf(hit, found);
  return lineRatio === null ? [] : [{ file: shortened(name), linesFound: found, linesHit: hit, lineRatio }];
}

const byRatio = (one: FileCoverage, other: FileCoverage): number =>
  one.lineRatio - other.lineRatio || other.linesFound - other.linesHit - (one.linesFound - one.linesHit);

const nothingCovered = {
  code: 'no-lines',
  message: 'The report names no line that could be covered, and nothing of nothing is no evidence',
  instead: 'see in the CI job whether the tests ran with coverage on',
};
