/** A place in the file that is read. Both start at 1; a column is a UTF-16 unit. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

export const firstSpot: Spot = { line: 1, column: 1 };

/** Where one is after some more text. */
export function after({ line, column }: Spot, text: string): Spot {
  const lastBreak = text.lastIndexOf('\n');
  if (lastBreak === -1) return { line, column: column + text.length };
  let breaks = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks += 1;
  return { line: line + breaks, column: text.length - lastBreak };
}
