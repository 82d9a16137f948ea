import type { Socket } from 'node:net';

/** Up to here, copying a body behind its head costs less than a second buffer in the write. */
const mostCopiedBytes = 8_192;

/** What is written to a connection: what is said within one turn goes out in one write. */
export class Outbox {
  readonly #socket: Socket;
  /** Bytes as Latin-1, each character one. */
  #text = '';

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  say(text: string): void {
    this.#text += text;
  }

  pass(content: Buffer): void {
    if (content.length <= mostCopiedBytes) {
      this.#text += content.toString('latin1');
      return;
    }
    this.#socket.cork();
    this.flush();
    this.#socket.write(content);
    this.#socket.uncork();
  }

  /** Content as one chunk of a chunked body. */
  passChunk(content: Buffer): void {
    if (content.length === 0) return;
    this.say(`${content.length.toString(16)}\r\n`);
    this.pass(content);
    this.say('\r\n');
  }

  flush(): void {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    if (this.#socket.writable) this.#socket.write(text, 'latin1');
  }

  /** More than the other end takes has piled up: whoever brings it is to wait for `drain`. */
  get isFull(): boolean {
    return this.#socket.writableNeedDrain;
  }
}
