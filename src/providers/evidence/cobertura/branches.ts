import type { BranchCount } from '../reading/covered-files.ts';
import type { Kept } from '../reading/problems.ts';

/** What an entry of a map of small numbers takes. */
const bytesOfEntry = 50;
/** Branches of one line; more are no code. */
export const mostBranches = 9999;

/** The branches of one file by line. A line that comes again, in its method and in its class, counts once. */
export class LineBranches implements BranchCount {
  found = 0;
  hit = 0;
  readonly #kept: Kept;
  /** Found and hit in one small number, which a map holds without an object. */
  readonly #byLine = new Map<number, number>();

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  add(line: number, hit: number, found: number): void {
    const known = this.#byLine.get(line);
    if (known === undefined) this.#kept.add(bytesOfEntry);
    const hitBefore = (known ?? 0) % (mostBranches + 1);
    const foundBefore = Math.floor((known ?? 0) / (mostBranches + 1));
    const hitNow = Math.max(hitBefore, hit);
    const foundNow = Math.max(foundBefore, found);
    this.hit += hitNow - hitBefore;
    this.found += foundNow - foundBefore;
    this.#byLine.set(line, foundNow * (mostBranches + 1) + hitNow);
  }
}
