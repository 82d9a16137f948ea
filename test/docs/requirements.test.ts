import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageAt, root } from './pages.ts';

const page = pageAt('docs/requirements.md');
const rows = [...page.text.matchAll(/^\| ([A-Z]{3}-\d+) \|(.*)\|$/gmu)].map(([, id = '', rest = '']) => {
  const [requirement = '', where = '', shownBy = ''] = rest.split(' | ').map((cell) => cell.trim());
  return { id, requirement, where, shownBy };
});

const areas = { OPS: 9, INF: 8, LIF: 15, REL: 16, CFG: 8 };
const all = Object.entries(areas).flatMap(([area, count]) =>
  Array.from({ length: count }, (_, index) => `${area}-${index + 1}`),
);

/** `[file](path): “title”`, several with a line break between them. */
const testsIn = (cell: string): readonly { readonly file: string; readonly title: string }[] =>
  [...cell.matchAll(/\[[^\]]+\]\(([^)]+)\): “([^”]+)”/gu)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));

const isInPlace = ({ file, title }: { readonly file: string; readonly title: string }): boolean =>
  readFileSync(join(root, dirname(page.path), file), 'utf8').includes(
    `'${title.replaceAll("'", String.raw`\'`)}'`,
  );

describe('the requirements', () => {
  it('are all there, each once and in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(all);
  });

  it.each(rows)('$id says where it is built and which test shows it, or that it is not there yet', (row) => {
    const isBuilt = !row.where.startsWith('not yet');
    expect(row.requirement).not.toBe('');
    if (isBuilt) expect(row.where).toMatch(/\]\(/u);
    expect(testsIn(row.shownBy).length > 0).toBe(isBuilt);
  });

  it.each(rows.filter(({ shownBy }) => shownBy !== ''))('$id names tests that exist', ({ shownBy }) => {
    expect(testsIn(shownBy).filter((test) => !isInPlace(test))).toEqual([]);
  });
});
