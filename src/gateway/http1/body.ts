import { ChunkedBody } from './chunked-body.ts';
import type { Field } from './fields.ts';
import type { Framing } from './framing.ts';

/** Finds the end of one body in the bytes of a connection. */
export interface Body {
  readonly state: 'more to come' | 'ended' | 'malformed';
  /** What followed the last chunk. */
  readonly trailers: readonly Field[];
  /** Takes what belongs to the body, from `at` on, and says where it stopped. Its content is handed on as it lies there. */
  take(bytes: Buffer, at: number, onContent: (content: Buffer) => void): number;
}

/** @param mostTrailerBytes more of them is malformed */
export function bodyOf(framing: Framing, mostTrailerBytes: number): Body {
  if (framing === 'chunked') return new ChunkedBody(mostTrailerBytes);
  return new CountedBody(framing === 'until close' ? Number.POSITIVE_INFINITY : framing);
}

class CountedBody implements Body {
  readonly trailers: readonly Field[] = [];
  #left: number;

  constructor(byteCount: number) {
    this.#left = byteCount;
  }

  get state(): Body['state'] {
    return this.#left === 0 ? 'ended' : 'more to come';
  }

  take(bytes: Buffer, at: number, onContent: (content: Buffer) => void): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    if (end > at) onContent(bytes.subarray(at, end));
    return end;
  }
}
