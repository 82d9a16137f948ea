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

/** Which lines of one source file can be hit and were, in a quarter byte a line. A line that was hit once stays hit. */
export class LineMarks {
  found = 0;
  hit = 0;
  readonly #kept: Kept;
  #bytes = new Uint8Array(32);

  constructor(kept: Kept) {
    this.#kept = kept;
    kept.add(this.#bytes.byteLength);
  }

  mark(line: number, wasHit: boolean): void {
    const index = Math.floor(line / linesOfByte);
    this.#grow(index + 1);
    const before = this.#bytes[index] ?? 0;
    const after = before | ((wasHit ? 0b11 : 0b01) << ((line % linesOfByte) * bitsOfLine));
    if (after !== before) this.#put(index, before, after);
  }

  /** Takes over what another run of the same file hit. */
  add(other: LineMarks): void {
    this.#grow(other.#bytes.byteLength);
    for (const [index, byte] of other.#bytes.entries()) {
      const before = this.#bytes[index] ?? 0;
      if ((before | byte) !== before) this.#put(index, before, before | byte);
    }
  }

  /** Says that it is no longer kept. */
  release(): void {
    this.#kept.add(-this.#bytes.byteLength);
  }

  #put(index: number, before: number, after: number): void {
    this.#bytes[index] = after;
    this.found += (ones[after & foundBits] ?? 0) - (ones[before & foundBits] ?? 0);
    this.hit += (ones[after & ~foundBits & 0xff] ?? 0) - (ones[before & ~foundBits & 0xff] ?? 0);
  }

  #grow(bytes: number): void {
    const old = this.#bytes;
    if (bytes <= old.byteLength) return;
    const length = Math.max(bytes, 2 * old.byteLength);
    this.#kept.add(length - old.byteLength);
    this.#bytes = new Uint8Array(length);
    this.#bytes.set(old);
  }
}
