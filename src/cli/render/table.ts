import type { Look } from './look.ts';
import { columnsOf, fit, padLeft, padRight } from './width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Columns two apart, the last one cut to what the terminal leaves. Titles are left out when all are empty. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  look: Look,
  indent = '',
): readonly string[] {
  const widths = columns.map((column, index) =>
    Math.max(columnsOf(column.title), ...rows.map((row) => columnsOf(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]): string => {
    const padded = columns.map((column, index) => {
      const cell = cells[index] ?? '';
      const width = widths[index] ?? 0;
      if (column.align === 'right') return padLeft(cell, width);
      return index === columns.length - 1 ? cell : padRight(cell, width);
    });
    return fit(`${indent}${padded.join('  ')}`.trimEnd(), look.width);
  };
  const titles = columns.map((column) => look.style.faint(column.title));
  return columns.some((column) => column.title !== '') ? [line(titles), ...rows.map(line)] : rows.map(line);
}
