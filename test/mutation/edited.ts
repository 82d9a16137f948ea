import type { Mutant } from './mutants.ts';

/** A file with some of its mutants in it, types and all. */
export interface Edited {
  readonly text: string;
  /** The mutants in whose declaration this place lies; line and column from 1. */
  readonly at: (line: number, column: number) => readonly number[];
}

/** `mutants` by their number; none lies within another. */
export function edited(text: string, mutants: ReadonlyMap<number, Mutant>): Edited {
  const inOrder = [...mutants].toSorted(([, left], [, right]) => left.start - right.start);
  const parts: string[] = [];
  let from = 0;
  for (const [, { start, end, typed }] of inOrder) {
    parts.push(text.slice(from, start), typed);
    from = end;
  }
  const result = parts.join('') + text.slice(from);
  /** Where a place that was at `offset` is now. */
  const moved = (offset: number): number =>
    inOrder.reduce(
      (to, [, { start, end, typed }]) => (offset >= end ? to + typed.length - (end - start) : to),
      offset,
    );
  const declarations = inOrder.map(([id, { declaration }]) => ({
    id,
    start: moved(declaration.start),
    end: moved(declaration.end),
  }));
  const lines = startsOfLines(result);
  return {
    text: result,
    at: (line, column) => {
      const offset = (lines[line - 1] ?? 0) + column - 1;
      return declarations.filter(({ start, end }) => offset >= start && offset < end).map(({ id }) => id);
    },
  };
}

const startsOfLines = (text: string): readonly number[] => [
  0,
  ...Array.from(text.matchAll(/\n/gu), ({ index }) => index + 1),
];
