/** A text of a YAML file: what it stands for, and how it is written. */
export interface WrittenText {
  readonly value: string;
  /** Where `raw` begins in the file. */
  readonly from: number;
  /** With its quotes, or with the header of a block. */
  readonly raw: string;
  /** As the YAML parser calls it: PLAIN, QUOTE_DOUBLE, QUOTE_SINGLE, BLOCK_LITERAL or BLOCK_FOLDED. */
  readonly style: string;
}

/**
 * Where in the file a character of the value stands. YAML folds and indents, but loses and adds nothing except blanks:
 * so the same number of other characters comes before a character on both sides.
 */
export function rawOffset({ value, from, raw, style }: WrittenText, offset: number): number {
  const before = value.slice(0, offset);
  const wanted = nonBlanks(before);
  const starts = [...characterStarts(raw, style)];
  return from + (starts[wanted] ?? (starts.at(-1) ?? -1) + 1);
}

const nonBlanks = (text: string): number => text.replaceAll(/\s/g, '').length;

const escape = /^\\(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|.)/su;

/** Where each character of the value begins that is no blank. */
function* characterStarts(raw: string, style: string): Generator<number> {
  let at = bodyAt(raw, style);
  const end = style.startsWith('QUOTE') ? raw.length - 1 : raw.length;
  while (at < end) {
    const length = lengthAt(raw, at, style);
    const written = raw.slice(at, at + length);
    if (!isBlank(written)) yield at;
    // Of two, as the value counts them: 😀.
    if ((codeOf(written) ?? 0) > 0xffff) yield at;
    at += length;
  }
}

function bodyAt(raw: string, style: string): number {
  if (style.startsWith('QUOTE')) return 1;
  return style.startsWith('BLOCK') ? raw.indexOf('\n') + 1 : 0;
}

function lengthAt(raw: string, at: number, style: string): number {
  if (style === 'QUOTE_SINGLE' && raw.startsWith("''", at)) return 2;
  if (style === 'QUOTE_DOUBLE') return escape.exec(raw.slice(at, at + 10))?.[0].length ?? 1;
  return 1;
}

/** Of one character, or of an escape in double quotes. */
function isBlank(written: string): boolean {
  const code = codeOf(written);
  return code === null ? /\s|\\[tnrvf_LP]/.test(written) : /\s/.test(String.fromCodePoint(code));
}

/** null for what is no escape by number. */
function codeOf(written: string): number | null {
  const code = /\\[xuU]([\dA-Fa-f]+)/.exec(written)?.[1];
  return code === undefined ? null : Number.parseInt(code, 16);
}
