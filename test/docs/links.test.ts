import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explanations } from '../../src/cli/explanations.ts';
import { allPages, anchorsOf, linksOf, type Page, pageAt, root } from './pages.ts';

const brokenLinks = (page: Page): readonly string[] =>
  linksOf(page).filter((link) => !leadsSomewhere(page, link));

function leadsSomewhere(page: Page, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page.path : relative(root, join(root, dirname(page.path), path));
  if (target.startsWith('..') || !existsSync(join(root, target))) return false;
  return anchor === undefined || anchorsOf(pageAt(target)).includes(anchor);
}

/** Every word in quotes in the product that could be the code of a failure. */
function codesInSource(): ReadonlySet<string> {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('generated'));
  const texts = sources.map((file) => readFileSync(join(root, 'src', file), 'utf8'));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/'([a-z]+(?:-[a-z]+)+)'/gu)].map(([, code = '']) => code)),
  );
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

  it('name only failures that exist, and each that is explained at length (REL-14)', () => {
    const { text } = pageAt('docs/guides/troubleshooting.md');
    const named = [...text.matchAll(/^\| `([a-z-]+)` \|/gmu)].map(([, code = '']) => code);
    const codes = codesInSource();
    expect(named.filter((code) => !codes.has(code))).toEqual([]);
    expect(named.length).toBeGreaterThan(30);
    const explained = Object.keys(explanations);
    expect(explained.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  });
});
