import type { BranchCount } from '../reading/covered-files.ts';
import type { Kept } from '../reading/problems.ts';

/** What an entry of a map of numbers takes. */
const bytesOfEntry = 40;

/** The branches of one file by line. A line that comes again, in its method and in its class, counts once. */
export class LineBranches implements BranchCount {
  found = 0;
  hit = 0;
  readonly #kept: Kept;
  readonly #byLine = new Map<number, { readonly hit: number; readonly found: number }>();

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  add(line: number, hit: number, found: number): void {
    const known = this.#byLine.get(line);
    if (known === undefined) this.#kept.add(bytesOfEntry);
    const before = known ?? { hit: 0, found: 0 };
    const after = { hit: Math.max(before.hit, hit), found: Math.max(before.found, found) };
    this.hit += after.hit - before.hit;
    this.found += after.found - before.found;
    this.#byLine.set(line, after);
  }
}
