import { stripVTControlCharacters } from 'node:util';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

/** Columns that a text takes on a terminal; colours take none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(stripVTControlCharacters(text)))
    columns += wide.test(segment) ? 2 : 1;
  return columns;
}

export const padRight = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)));

export const padLeft = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - columnsOf(text))) + text;

// oxlint-disable-next-line no-control-regex -- the escape character is what a colour begins with
const pieces = /\u001B\[[0-9;]*m|[^\u001B]+/gu;

/** At most so many columns, with an ellipsis where something was cut. Colours stay, and are closed. */
export function fit(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let left = Math.max(0, columns - 1);
  let fitted = '';
  for (const [piece] of text.matchAll(pieces)) {
    if (piece.startsWith('\u001B')) {
      fitted += piece;
      continue;
    }
    const taken = take(piece, left);
    left -= columnsOf(taken);
    fitted += taken.length < piece.length && left >= 0 ? `${taken}…` : taken;
    if (taken.length < piece.length) left = -1;
  }
  return fitted;
}

function take(text: string, columns: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += columnsOf(segment);
    if (used > columns) break;
    taken += segment;
  }
  return taken;
}

/** Breaks a sentence at spaces; later lines begin with the indent. A word that is too long stands alone. */
export function wrap(text: string, columns: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && columnsOf(longer) > columns) {
      lines.push(line);
      line = indent + word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
