import { Lexer, type LineCounter } from 'yaml';
import type { Problem } from '../../domain/failure.ts';
import { Places } from './places.ts';

export const deepestNesting = 32;

/**
 * What must not even reach the YAML parser: characters that no editor shows, and nesting that would cost it its
 * stack. One problem for each kind.
 */
export function guardProblems(text: string, file: string, lines: LineCounter): readonly Problem[] {
  const places = new Places(file, lines);
  return [...characterProblems(text, places), ...nestingProblems(text, places)];
}

/** C0 but tab and line ends, DEL, C1 but NEL, lone surrogates cannot be; text that is shown in another order. */
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;
const reordering = /[\u202a-\u202e\u2066-\u2069]/;

function characterProblems(text: string, places: Places): readonly Problem[] {
  const found = [
    { at: text.search(control), what: 'is a control character' },
    { at: text.search(reordering), what: 'makes text show in another order than it is read' },
  ];
  return found
    .filter(({ at }) => at >= 0)
    .map(({ at, what }) => ({
      message: `The character U+${codeAt(text, at)} ${what}.`,
      instead: 'the text without it',
      place: places.at(at),
    }));
}

const codeAt = (text: string, at: number): string =>
  (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** Counts brackets and the dashes of lists within lists; indentation is limited by the walk over the result. */
function nestingProblems(text: string, places: Places): readonly Problem[] {
  let flow = 0;
  let compact = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow += 1;
    if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    if (token === '-' || token === '?') compact += 1;
    if (token.endsWith('\n')) compact = 0;
    if (flow > deepestNesting || compact > deepestNesting) return [tooDeep(places, offset)];
    if (!marks.has(token)) offset += token.length;
  }
  return [];
}

/** Tokens the lexer adds, which stand for nothing in the text: byte order mark, document, flow end, scalar. */
const marks = new Set(['\u0002', '\u0018', '\u001f']);

const tooDeep = (places: Places, offset: number): Problem => ({
  message: `This is nested more than ${deepestNesting} deep.`,
  instead: 'a flat file; a project file is 6 deep',
  place: places.at(offset),
});
