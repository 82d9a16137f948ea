import type { Kept } from '../reading/problems.ts';

/** What the branches of a record take beside their bits. */
const bytesOfShape = 300;

/** The branches of one record: which were taken, a bit each, and a hash over what they are called. */
export class BranchRecord {
  count = 0;
  taken = new Uint8Array(8);
  #hash = 0x811c9dc5;

  add(name: string, wasTaken: boolean): void {
    const index = this.count >> 3;
    if (index >= this.taken.byteLength) {
      const old = this.taken;
      this.taken = new Uint8Array(2 * old.byteLength);
      this.taken.set(old);
    }
    if (wasTaken) this.taken[index] = (this.taken[index] ?? 0) | (1 << (this.count & 7));
    this.count += 1;
    // FNV-1a.
    for (let at = 0; at < name.length; at += 1) {
      this.#hash = Math.imul(this.#hash ^ name.charCodeAt(at), 0x01000193);
    }
    this.#hash = Math.imul(this.#hash ^ 0x0a, 0x01000193);
  }

  /** The same for records that name the same branches in the same order, as each run of one file does. */
  get shape(): string {
    return `${this.count}:${this.#hash}`;
  }
}

/**
 * The branches of one file over all its records, in a bit a branch. Records with the same branches are laid over each other; one with others,
 * as when a file was compiled twice in different ways, adds its own.
 */
export class Branches {
  found = 0;
  hit = 0;
  readonly #kept: Kept;
  readonly #byShape = new Map<string, Uint8Array>();

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  add(record: BranchRecord): void {
    if (record.count === 0) return;
    const known = this.#byShape.get(record.shape);
    if (known === undefined) {
      const bytes = (record.count + 7) >> 3;
      this.#kept.add(bytes + bytesOfShape);
      this.found += record.count;
    }
    const merged = record.taken.slice(0, (record.count + 7) >> 3);
    for (const [index, byte] of merged.entries()) {
      const before = known?.[index] ?? 0;
      merged[index] = byte | before;
      this.hit += onesIn(byte & ~before);
    }
    this.#byShape.set(record.shape, merged);
  }
}

function onesIn(byte: number): number {
  let ones = 0;
  for (let rest = byte; rest > 0; rest >>= 1) ones += rest & 1;
  return ones;
}
