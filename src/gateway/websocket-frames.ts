/**
 * Follows the frames of one direction of a WebSocket (RFC 6455, 5.2) without looking inside them, to know where a
 * frame of our own may be put in.
 */
export class FrameTracker {
  readonly #head = Buffer.alloc(14);
  #headLength = 0;
  #payloadLeft = 0;

  /** Between two frames: a control frame can be sent here, even between the fragments of a message. */
  get isAtBoundary(): boolean {
    return this.#headLength === 0 && this.#payloadLeft === 0;
  }

  push(chunk: Uint8Array): void {
    this.#advance(chunk, false);
  }

  /** As `push`, but takes no more than up to the next boundary, and says how many bytes that is. */
  pushToBoundary(chunk: Uint8Array): number {
    return this.isAtBoundary ? 0 : this.#advance(chunk, true);
  }

  #advance(chunk: Uint8Array, stopAtBoundary: boolean): number {
    let at = 0;
    while (at < chunk.length) {
      if (this.#payloadLeft > 0) {
        const taken = Math.min(this.#payloadLeft, chunk.length - at);
        this.#payloadLeft -= taken;
        at += taken;
      } else {
        this.#head[this.#headLength] = chunk[at] ?? 0;
        this.#headLength += 1;
        at += 1;
        this.#closeHead();
      }
      if (stopAtBoundary && this.isAtBoundary) break;
    }
    return at;
  }

  #closeHead(): void {
    if (this.#headLength < 2) return;
    const second = this.#head[1] ?? 0;
    const short = second & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const maskBytes = (second & 0x80) === 0 ? 0 : 4;
    if (this.#headLength < 2 + lengthBytes + maskBytes) return;
    this.#payloadLeft =
      lengthBytes === 0
        ? short
        : lengthBytes === 2
          ? this.#head.readUInt16BE(2)
          : Number(this.#head.readBigUInt64BE(2));
    this.#headLength = 0;
  }
}

/** "Going away" (1001). Clients mask what they send; the key may be anything, and zeros leave the text as it is. */
export function goingAwayFrame(from: 'server' | 'client'): Buffer {
  const code = [0x03, 0xe9];
  return from === 'server'
    ? Buffer.from([0x88, 0x02, ...code])
    : Buffer.from([0x88, 0x82, 0, 0, 0, 0, ...code]);
}
