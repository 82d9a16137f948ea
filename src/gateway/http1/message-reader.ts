import { bodyOf } from './body.ts';
import type { Body } from './body.ts';
import type { Field } from './fields.ts';
import type { Framing } from './framing.ts';

/** How far one step of reading came. After `malformed` and `too large` nothing more can be read. */
export type Step = 'needs more' | 'head' | 'content' | 'ended' | 'malformed' | 'too large';

const nothing: Buffer = Buffer.alloc(0);
const headEnd = '\r\n\r\n';

/** Reads the messages on one connection, one after the other, from pieces cut anywhere. */
export class MessageReader<Head extends { readonly body: Framing }> {
  readonly #parse: (text: string) => Head | null;
  readonly #mostHeadBytes: number;
  readonly #before: 'empty lines' | 'nothing';
  #rest: Buffer = nothing;
  #head: Head | null = null;
  #body: Body | null = null;
  #trailers: readonly Field[] = [];

  /**
   * @param parse the text of a head, up to and with its empty line; null for a malformed one
   * @param before what may come before a head
   */
  constructor(
    parse: (text: string) => Head | null,
    mostHeadBytes: number,
    before: 'empty lines' | 'nothing',
  ) {
    this.#parse = parse;
    this.#mostHeadBytes = mostHeadBytes;
    this.#before = before;
  }

  /** Of the message under way, from its head to its end. */
  get head(): Head | null {
    return this.#head;
  }

  /** Of the message that ended last. */
  get trailers(): readonly Field[] {
    return this.#trailers;
  }

  /** A message has begun that has not ended, be it by one byte of its head. */
  get isAmidMessage(): boolean {
    return this.#head !== null || this.#rest.length > 0;
  }

  /** Bytes that were not read yet. */
  get rest(): Buffer {
    return this.#rest;
  }

  push(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
  }

  /** One step. The content of a body is handed on in the step, as it lies there, and not kept. */
  read(onContent: (content: Buffer) => void): Step {
    return this.#body === null ? this.#readHead() : this.#readBody(this.#body, onContent);
  }

  #readHead(): Step {
    if (this.#before === 'empty lines') this.#skipEmptyLines();
    const end = this.#rest.indexOf(headEnd, 0, 'latin1');
    if ((end < 0 ? this.#rest.length : end) > this.#mostHeadBytes) return 'too large';
    if (end < 0) return 'needs more';
    const length = end + headEnd.length;
    const head = this.#parse(this.#rest.toString('latin1', 0, length));
    if (head === null) return 'malformed';
    this.#rest = this.#rest.subarray(length);
    this.#head = head;
    this.#body = bodyOf(head.body, this.#mostHeadBytes);
    return 'head';
  }

  #skipEmptyLines(): void {
    while (this.#rest[0] === 0x0d && this.#rest[1] === 0x0a) this.#rest = this.#rest.subarray(2);
  }

  #readBody(body: Body, onContent: (content: Buffer) => void): Step {
    if (body.state === 'more to come') {
      if (this.#rest.length === 0) return 'needs more';
      this.#rest = this.#rest.subarray(body.take(this.#rest, 0, onContent));
    }
    if (body.state === 'ended') {
      this.#trailers = body.trailers;
      this.#head = null;
      this.#body = null;
    }
    return body.state === 'more to come' ? 'content' : body.state;
  }
}
