import type { Kept } from './problems.ts';

const bitsOfLine = 2;
const linesOfByte = 8 / bitsOfLine;
/** Two bits a line: the lower says that it can be hit, the upper that it was. Of four lines: */
const foundBits = 0b01010101;

const onesOf = (byte: number): number => {
  let ones = 0;
  for (let rest = byte; rest > 0; rest >>= 1) ones += rest & 1;
  return ones;
};
const ones = Uint8Array.from({ length: 256 }, (_, byte) => onesOf(byte));

/** Lines that are kept together: what a file costs follows from where its lines are, not from the last one's number. */
const bytesOfPage = 64;
const linesOfPage = bytesOfPage * linesOfByte;
/** What a page takes, as an array of its own in a map. */
const keptForPage = bytesOfPage + 240;

/** Which lines of one source file can be hit and were, in a quarter byte a line. A line that was hit once stays hit. */
export class LineMarks {
  found = 0;
  hit = 0;
  readonly #kept: Kept;
  readonly #pages = new Map<number, Uint8Array>();

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  mark(line: number, wasHit: boolean): void {
    const within = line % linesOfPage;
    const bits = (wasHit ? 0b11 : 0b01) << ((within % linesOfByte) * bitsOfLine);
    this.#put(this.#page(Math.floor(line / linesOfPage)), Math.floor(within / linesOfByte), bits);
  }

  /** Takes over what another run of the same file hit. */
  add(other: LineMarks): void {
    for (const [number, marks] of other.#pages) {
      const page = this.#page(number);
      for (let index = 0; index < bytesOfPage; index += 1) this.#put(page, index, marks[index] ?? 0);
    }
  }

  /** Says that it is no longer kept. */
  release(): void {
    this.#kept.add(-this.#pages.size * keptForPage);
  }

  #page(number: number): Uint8Array {
    const known = this.#pages.get(number);
    if (known !== undefined) return known;
    this.#kept.add(keptForPage);
    const page = new Uint8Array(bytesOfPage);
    this.#pages.set(number, page);
    return page;
  }

  #put(page: Uint8Array, index: number, bits: number): void {
    const before = page[index] ?? 0;
    const after = before | bits;
    if (after === before) return;
    page[index] = after;
    this.found += (ones[after & foundBits] ?? 0) - (ones[before & foundBits] ?? 0);
    this.hit += (ones[after & ~foundBits & 0xff] ?? 0) - (ones[before & ~foundBits & 0xff] ?? 0);
  }
}
