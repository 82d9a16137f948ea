/** Something wrong with a text that a person wrote. */
export interface TextFinding {
  readonly message: string;
  /** What to write instead. */
  readonly instead: string;
  /** Where in the text, in UTF-16 units from its start. */
  readonly offset: number;
}

/** Either what the text means, or everything that is wrong with it. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly findings: readonly TextFinding[] };

/** Part of a text, and where it stands. */
export interface Piece {
  readonly text: string;
  readonly offset: number;
}

export const refused = (
  ...findings: readonly TextFinding[]
): { ok: false; findings: readonly TextFinding[] } => ({
  ok: false,
  findings,
});

export const findingsOf = (parsed: Parsed<unknown>): readonly TextFinding[] =>
  parsed.ok ? [] : parsed.findings;

/** The parts of a piece between separators, of a global expression: each with its place, without the space around it. */
export function split({ text, offset }: Piece, separator: RegExp): readonly [...Piece[], Piece] {
  const before: Piece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(separator)) {
    before.push(trimmed(text.slice(from, index), offset + from));
    from = index + found.length;
  }
  return [...before, trimmed(text.slice(from), offset + from)];
}

const trimmed = (text: string, offset: number): Piece => ({
  text: text.trim(),
  offset: offset + text.length - text.trimStart().length,
});
