const newline = 0x0a;

/**
 * Lines of text in bytes that are filled again and again. Large strings and buffers that are made anew for each piece stay until
 * their memory is looked through, which is long after they were written.
 */
export class LineBuffer {
  #bytes: Buffer;
  #length = 0;

  /** Holds so many bytes, or one line that is longer. */
  constructor(bytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(bytes);
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** False where there is no room for the line before it is emptied. */
  add(line: string): boolean {
    const end = this.#length + Buffer.byteLength(line) + 1;
    if (end > this.#bytes.byteLength && !this.isEmpty) return false;
    if (end > this.#bytes.byteLength) this.#bytes = Buffer.allocUnsafeSlow(end);
    this.#bytes.write(line, this.#length);
    this.#bytes[end - 1] = newline;
    this.#length = end;
    return true;
  }

  /** Gives what it holds, good until a line is added. */
  empty(): Uint8Array {
    const held = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return held;
  }
}
