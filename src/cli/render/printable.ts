// C0 but not the line feed, DEL, C1, and the marks that turn the direction of text round.
// oxlint-disable-next-line no-control-regex -- they are what has to go
const unprintable = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Text that cannot move the cursor, recolour the terminal or hide what stands before it. One line. */
export const printableLine = (text: string): string => oneLine(text).replaceAll(unprintable, '');

/** The same with its lines and tabs as they are: of a whole file. */
export const printableText = (text: string): string =>
  text.replaceAll('\t', '    ').replaceAll(unprintable, '');

/** By lines, since a pattern with spaces on both sides of a line feed takes the square of the time where there are many. */
const oneLine = (text: string): string =>
  text.includes('\n')
    ? text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join(' ')
    : text;

/** The same facts with every string in them made printable; what came from other people is never trusted raw. */
export function printable<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return printableLine(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [printableLine(key), clean(member)]),
  );
}
