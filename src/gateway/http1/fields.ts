/** One header or trailer. */
export interface Field {
  readonly name: string;
  readonly lower: string;
  readonly value: string;
}

/** Anything that is no part of a message's head: a control character, or half of a line's end. */
const foreign = /[^\t\r\n\x20-\x7e\x80-\xff]|\r(?!\n)|(?<!\r)\n/;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether every line of this text ends in CR LF and holds nothing that some reader could take for another end. */
export function isClean(text: string): boolean {
  return !foreign.test(text);
}

/**
 * The lines of clean `text` from `at` on, each with its CR LF, as RFC 9112, 5 has them and not a bit more: no folded lines,
 * no space before the colon. null where one is not so.
 */
export function parseFields(text: string, at: number): readonly Field[] | null {
  const fields: Field[] = [];
  let from = at;
  while (from < text.length) {
    const end = text.indexOf('\r\n', from);
    const colon = text.indexOf(':', from);
    if (colon < 0 || colon > end) return null;
    const name = text.slice(from, colon);
    if (!token.test(name)) return null;
    fields.push({ name, lower: name.toLowerCase(), value: trimmed(text, colon + 1, end) });
    from = end + 2;
  }
  return fields;
}

const space = 0x20;
const tab = 0x09;

/** Without the spaces and tabs around it. `trim` would take more than the two. */
function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === space || code === tab;
}

/** Whether a list of words, as in `Connection`, has this one. */
export function names(list: string, word: string): boolean {
  return list !== '' && list.split(',').some((item) => item.trim().toLowerCase() === word);
}
