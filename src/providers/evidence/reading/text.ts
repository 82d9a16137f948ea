import { TextDecoder } from 'node:util';
import { Failure } from '../../../domain/failure.ts';
import type { EvidenceSource } from '../../../ports/evidence-reader.ts';
import { encodingOf, isCompressed } from './encoding.ts';
import { limits, pieceBytes } from './limits.ts';
import type { Problems } from './problems.ts';
import { after, firstSpot } from './spot.ts';

/** Bytes between two chances for others to run, and for the signal to be seen. */
const stretchBytes = 1024 * 1024;
const utf8Tail = 3;

/**
 * The file's text in pieces of at most 64 kB, without a byte order mark. UTF-8, or UTF-16 where it says so by a mark or by
 * its first characters. Stops at what is not text in its encoding, and at a file that is empty or too large.
 */
export async function* textOf(
  source: EvidenceSource,
  problems: Problems,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const decoder = new Decoder(problems);
  for await (const piece of piecesOf(source, problems, signal)) {
    const text = decoder.decode(piece);
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest !== '') yield rest;
}

async function* piecesOf(
  source: EvidenceSource,
  problems: Problems,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  let rested = 0;
  failIfAborted(signal);
  for await (const chunk of source.bytes) {
    for (let from = 0; from < chunk.byteLength; from += pieceBytes) {
      failIfAborted(signal);
      const piece = chunk.subarray(from, from + pieceBytes);
      bytes += piece.byteLength;
      if (bytes > limits.fileBytes) problems.stop(tooLarge);
      yield piece;
      if (bytes - rested >= stretchBytes) {
        rested = bytes;
        await othersTurn();
      }
    }
    failIfAborted(signal);
  }
  if (bytes === 0) problems.stop(empty);
}

const othersTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function failIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new Failure(
    'interrupted',
    'evidence-reading-aborted',
    'The reading of the evidence was called off.',
    {
      wayOut: 'Hand the file over again.',
      cause: signal.reason,
    },
  );
}

/** Knows the encoding from the first four bytes, and where the text is, so that a broken character has a place. */
class Decoder {
  readonly #problems: Problems;
  #decoder: TextDecoder | null = null;
  #head = new Uint8Array(0);
  /** The last bytes before this piece: a character may begin there. */
  #before = new Uint8Array(0);
  #at = firstSpot;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  decode(piece: Uint8Array): string {
    if (this.#decoder !== null) return this.#decoded(this.#decoder, piece);
    this.#head = joined(this.#head, piece);
    return this.#head.byteLength < 4 ? '' : this.#begin();
  }

  end(): string {
    const first = this.#decoder === null ? this.#begin() : '';
    try {
      return first + (this.#decoder?.decode() ?? '');
    } catch {
      return this.#problems.stop({
        code: 'cut-off',
        message: 'The file ends in the middle of a character',
        instead: 'hand over the whole file, as the tool wrote it',
        at: this.#at,
      });
    }
  }

  #begin(): string {
    if (isCompressed(this.#head)) this.#problems.stop(compressed);
    this.#decoder = new TextDecoder(encodingOf(this.#head), { fatal: true });
    return this.#decoded(this.#decoder, this.#head);
  }

  #decoded(decoder: TextDecoder, piece: Uint8Array): string {
    try {
      const text = decoder.decode(piece, { stream: true });
      this.#at = after(this.#at, text);
      this.#before = joined(this.#before.subarray(-utf8Tail), piece.subarray(-utf8Tail)).slice(-utf8Tail);
      return text;
    } catch {
      return this.#stopAtBroken(decoder.encoding, piece);
    }
  }

  #stopAtBroken(encoding: string, piece: Uint8Array): never {
    const name = encoding.toUpperCase();
    return this.#problems.stop({
      code: 'wrong-encoding',
      message: `This is not ${name}: a byte or two here are no character of it`,
      instead: 'have the tool write UTF-8',
      at: after(this.#at, encoding === 'utf-8' ? soundStart(this.#before, piece) : ''),
    });
  }
}

/** What of the piece can be decoded, up to the first byte that cannot. */
function soundStart(before: Uint8Array, piece: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const start = before.findIndex((byte) => (byte & 0xc0) !== 0x80);
  if (start !== -1) decoder.decode(before.subarray(start), { stream: true });
  let sound = '';
  for (let index = 0; index < piece.byteLength; index += 1) {
    try {
      sound += decoder.decode(piece.subarray(index, index + 1), { stream: true });
    } catch {
      break;
    }
  }
  return sound;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(one.byteLength + other.byteLength);
  whole.set(one);
  whole.set(other, one.byteLength);
  return whole;
}

const empty = {
  code: 'empty',
  message: 'The file is empty',
  instead: 'see in the CI job whether the tool ran and wrote its report',
};
const compressed = {
  code: 'compressed',
  message: 'The file is compressed',
  instead: 'unpack it, and hand over what is in it',
};
const tooLarge = {
  code: 'too-large',
  message: `The file is larger than ${limits.fileBytes / 2 ** 20} MB`,
  instead: 'hand it over in parts, or leave the tests’ output out of it',
};
