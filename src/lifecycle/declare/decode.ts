import { Failure } from '../../domain/failure.ts';

export const longestFileBytes = 1024 * 1024;

/** What the failures of reading one kind of file are called, and what they advise. */
export interface FileForm {
  /** First part of the codes. */
  readonly code: string;
  /** What to check in a file that is too large. */
  readonly usual: string;
  /** How to begin one that is empty. */
  readonly begin: string;
}

/**
 * Text of a file's bytes, without a byte order mark. Throws invalid `…-too-large`, `…-empty`, `…-encoding`, after the
 * form's code.
 */
export function decodeFile(bytes: Uint8Array, name: string, form: FileForm): string {
  if (bytes.byteLength > longestFileBytes) throw tooLarge(name, form);
  const other = otherEncoding(bytes);
  if (other !== null) throw notUtf8(name, `${name} is in ${other}.`, form);
  const text = decode(bytes, name, form);
  if (text.trim() === '') throw empty(name, form);
  return text;
}

export const tooLarge = (name: string, { code, usual }: FileForm): Failure =>
  new Failure('invalid', `${code}-too-large`, `${name} has more than 1 MiB.`, { wayOut: usual });

const empty = (name: string, { code, begin }: FileForm): Failure =>
  new Failure('invalid', `${code}-empty`, `${name} is empty.`, { wayOut: begin });

const notUtf8 = (name: string, message: string, { code }: FileForm): Failure =>
  new Failure('invalid', `${code}-encoding`, message, {
    wayOut: `Save ${name} as UTF-8 in your editor.`,
  });

function decode(bytes: Uint8Array, name: string, form: FileForm): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8(name, `${name} is not in UTF-8: ${firstBrokenByte(bytes)}.`, form);
  }
}

/** UTF-16 and UTF-32 are known by their byte order mark, or by the zero bytes that Latin letters have there. */
function otherEncoding(bytes: Uint8Array): string | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe)
    return third === 0 && fourth === 0 ? 'UTF-32' : 'UTF-16 (little-endian)';
  if (first === 0xfe && second === 0xff) return 'UTF-16 (big-endian)';
  if (first === 0 && second === 0) return 'UTF-32';
  if (bytes.length < 4) return null;
  if (second === 0 && third !== 0 && fourth === 0) return 'UTF-16 (little-endian)';
  if (first === 0 && third === 0 && fourth !== 0) return 'UTF-16 (big-endian)';
  return null;
}

/** Where a lossy reading first put its replacement character for what it could not read. */
function firstBrokenByte(bytes: Uint8Array): string {
  const lossy = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  for (let at = lossy.indexOf('\uFFFD'); at >= 0; at = lossy.indexOf('\uFFFD', at + 1)) {
    const before = lossy.slice(0, at);
    const offset = Buffer.byteLength(before);
    const byte = bytes[offset];
    if (byte === undefined || isReplacement(bytes, offset)) continue;
    const line = before.split('\n').length;
    return `the byte 0x${byte.toString(16)} in line ${line} does not belong there`;
  }
  return 'it ends in the middle of a character';
}

/** The replacement character itself may stand in a file. */
const isReplacement = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd;
