import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explanationOf } from '../../src/domain/failures/index.ts';
import { allPages, anchorsOf, linksOf, type Page, pageAt, root } from './pages.ts';

const brokenLinks = (page: Page): readonly string[] =>
  linksOf(page).filter((link) => !leadsSomewhere(page, link));

function leadsSomewhere(page: Page, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page.path : relative(root, join(root, dirname(page.path), path));
  if (target.startsWith('..') || !existsSync(join(root, target))) return false;
  return anchor === undefined || anchorsOf(pageAt(target)).includes(anchor);
}

describe('the documents', () => {
  it.each(allPages())('have links that lead somewhere: $path', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('would notice a link that leads nowhere', () => {
    const text = 'See [this](nowhere.md), [that](#nothing) and ![a picture](images/none.png).';
    expect(brokenLinks({ path: 'docs/page.md', text })).toHaveLength(3);
  });

  it('list every decision in the index', () => {
    const listed = linksOf(pageAt('docs/decisions/README.md')).map((link) => `docs/decisions/${link}`);
    const there = allPages().flatMap(({ path }) => (/decisions\/\d{4}-/u.test(path) ? [path] : []));
    expect(listed.toSorted()).toEqual(there.toSorted());
  });

  it('name only failures that are explained (REL-14)', () => {
    const { text } = pageAt('docs/guides/troubleshooting.md');
    const cells = [...text.matchAll(/^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|/gmu)].map(([, cell = '']) => cell);
    const named = cells.flatMap((cell) => cell.replaceAll('`', '').split(', '));
    expect(named.filter((code) => explanationOf(code) === null)).toEqual([]);
    expect(named.length).toBeGreaterThan(30);
  });
});
