/** Colours by meaning. Every use has a word or a sign beside it, so that colour is never alone. */
export interface Style {
  /** What is happening now. */
  readonly live: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const ansi =
  (open: number, close: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001B[${String(open)}m${text}\u001B[${String(close)}m`;

const coloured: Style = {
  live: ansi(36, 39),
  good: ansi(32, 39),
  warning: ansi(33, 39),
  bad: ansi(31, 39),
  strong: ansi(1, 22),
  faint: ansi(2, 22),
};

const asItIs = (text: string): string => text;
const plain: Style = {
  live: asItIs,
  good: asItIs,
  warning: asItIs,
  bad: asItIs,
  strong: asItIs,
  faint: asItIs,
};

export const createStyle = (colour: boolean): Style => (colour ? coloured : plain);

/** Colour on a terminal only, and never with NO_COLOR (no-color.org) or a terminal that has none. */
export function wantsColour(
  output: { readonly isTTY?: boolean | undefined },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '' && env['FORCE_COLOR'] !== '0')
    return true;
  return output.isTTY === true && env['TERM'] !== 'dumb';
}
