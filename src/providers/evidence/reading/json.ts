import { Tokenizer, TokenType } from '@streamparser/json';
import type { FormatInput } from '../format.ts';
import type { JsonShape, JsonValue } from './json-shape.ts';
import { JsonWalk } from './json-walk.ts';
import { limits, pieceBytes } from './limits.ts';
import { type Problems, Unreadable } from './problems.ts';
import { after, firstSpot, type Spot } from './spot.ts';

/**
 * Reads one JSON document strictly and keeps of it what the shape wants, so that memory does not grow with the file. Keys that
 * come twice, and `__proto__`, are problems wherever they stand.
 */
export async function readJson({ text, problems }: FormatInput, shape: JsonShape): Promise<JsonValue> {
  const place = new Position();
  const walk = new JsonWalk(shape, problems, () => place.at(place.offset));
  const tokenizer = new Tokenizer();
  let quietBytes = 0;
  tokenizer.onToken = ({ token, value, offset }) => {
    quietBytes = 0;
    place.offset = offset;
    walk.token(token, token === TokenType.SEPARATOR ? null : value);
  };
  for await (const piece of text) {
    const bytes = place.begin(piece);
    quietBytes += bytes.byteLength;
    guarded(problems, place, () => tokenizer.write(bytes));
    if (quietBytes > limits.jsonToken) problems.stop({ ...endless, at: place.at(place.offset) });
    place.end();
  }
  return ended(problems, place, () => {
    tokenizer.end();
    return walk.end();
  });
}

/** Knows line and column of an offset in the piece that is read now. */
class Position {
  offset = 0;
  #start = 0;
  #spot = firstSpot;
  #bytes: Uint8Array = new Uint8Array();
  #piece = '';
  /** Used again for each piece. */
  #room = new Uint8Array(3 * pieceBytes);
  readonly #encoder = new TextEncoder();

  begin(piece: string): Uint8Array {
    this.#piece = piece;
    if (this.#room.byteLength < 3 * piece.length) this.#room = new Uint8Array(3 * piece.length);
    this.#bytes = this.#room.subarray(0, this.#encoder.encodeInto(piece, this.#room).written);
    return this.#bytes;
  }

  end(): void {
    this.#start += this.#bytes.byteLength;
    this.#spot = after(this.#spot, this.#piece);
    this.#piece = '';
    this.#bytes = new Uint8Array();
  }

  /** An offset before the piece is on the same line, for no token goes over several. */
  at(offset: number): Spot {
    const within = offset - this.#start;
    if (within < 0) return { ...this.#spot, column: Math.max(1, this.#spot.column + within) };
    return this.within(within);
  }

  within(bytes: number): Spot {
    return after(this.#spot, new TextDecoder().decode(this.#bytes.subarray(0, bytes)));
  }
}

function guarded(problems: Problems, place: Position, work: () => void): void {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Unreadable || !(thrown instanceof Error)) throw thrown;
    const within = /at chunk position "(?<within>\d+)"/u.exec(thrown.message)?.groups?.['within'];
    problems.stop({
      ...broken,
      at: within === undefined ? place.at(place.offset) : place.within(Number(within)),
    });
  }
}

function ended(problems: Problems, place: Position, work: () => JsonValue): JsonValue {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof Unreadable) throw thrown;
    return problems.stop({ ...cutOff, at: place.within(0) });
  }
}

const broken = {
  code: 'broken-json',
  message: 'The JSON is broken here',
  instead: 'hand over the file as the tool wrote it',
};
const endless = {
  code: 'too-long',
  message: `A text or number is longer than ${limits.jsonToken / 2 ** 20} MB`,
  instead: 'have the tool leave contents of files out of its report',
};
export const cutOff = {
  code: 'cut-off',
  message: 'The file ends before its JSON does: it was cut off',
  instead: 'hand over the whole file; a tool that was killed leaves such a report',
};
