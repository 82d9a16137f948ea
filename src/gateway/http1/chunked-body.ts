import type { Body } from './body.ts';
import { isClean, parseFields } from './fields.ts';
import type { Field } from './fields.ts';
import { lengthSaid } from './framing.ts';

/** A chunk's size, and extensions, which mean nothing to anybody and end here (RFC 9112, 7.1). */
const word = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const quoted = '"[\\t\\x20\\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]*"';
const sizeLine = new RegExp(`^([0-9A-Fa-f]{1,12})(?:;${word}(?:=(?:${word}|${quoted}))?)*\r\n$`);
const mostSizeLineBytes = 1_024;
const newline = 0x0a;

/** Reads a chunked body, strictly: a line that is not exactly as it should be makes the message malformed. */
export class ChunkedBody implements Body {
  state: Body['state'] = 'more to come';
  trailers: readonly Field[] = [];
  readonly #mostTrailerBytes: number;
  #expected: 'size' | 'content' | 'end of chunk' | 'trailers' = 'size';
  #left = 0;
  /** A line, or all trailers, as far as they have come. */
  #text = '';

  constructor(mostTrailerBytes: number) {
    this.#mostTrailerBytes = mostTrailerBytes;
  }

  take(bytes: Buffer, from: number, onContent: (content: Buffer) => void): number {
    let at = from;
    while (at < bytes.length && this.state === 'more to come') {
      at = this.#expected === 'content' ? this.#takeContent(bytes, at, onContent) : this.#takeLine(bytes, at);
    }
    return at;
  }

  #takeContent(bytes: Buffer, at: number, onContent: (content: Buffer) => void): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    if (this.#left === 0) this.#expected = 'end of chunk';
    onContent(bytes.subarray(at, end));
    return end;
  }

  #takeLine(bytes: Buffer, at: number): number {
    const found = bytes.indexOf(newline, at);
    const end = found < 0 ? bytes.length : found + 1;
    const most = this.#expected === 'trailers' ? this.#mostTrailerBytes : mostSizeLineBytes;
    if (this.#text.length + end - at > most) this.state = 'malformed';
    else {
      this.#text += bytes.toString('latin1', at, end);
      if (found >= 0) this.#endLine();
    }
    return end;
  }

  #endLine(): void {
    if (this.#expected === 'trailers') this.#endTrailer();
    else if (this.#expected === 'size') this.#endSize();
    else if (this.#text === '\r\n') this.#expect('size');
    else this.state = 'malformed';
  }

  #endSize(): void {
    const digits = sizeLine.exec(this.#text)?.[1];
    if (digits === undefined) {
      this.state = 'malformed';
      return;
    }
    this.#left = Number.parseInt(digits, 16);
    this.#expect(this.#left === 0 ? 'trailers' : 'content');
  }

  #endTrailer(): void {
    if (!this.#text.endsWith('\r\n')) this.state = 'malformed';
    if (this.#text !== '\r\n' && !this.#text.endsWith('\r\n\r\n')) return;
    const fields = isClean(this.#text) ? parseFields(this.#text.slice(0, -2), 0) : null;
    this.trailers = fields ?? [];
    // A length that comes when the body is over is a lie to somebody.
    const isGood = fields !== null && lengthSaid(fields) === 'nothing';
    this.state = isGood ? 'ended' : 'malformed';
  }

  #expect(what: 'size' | 'content' | 'trailers'): void {
    this.#expected = what;
    this.#text = '';
  }
}
