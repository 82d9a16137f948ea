import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface Page {
  /** Path from the top of the repository. */
  readonly path: string;
  readonly text: string;
}

export const pageAt = (path: string): Page => ({ path, text: readFileSync(join(root, path), 'utf8') });

/** Every page that people read, generated ones included. */
export function allPages(): readonly Page[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs].map(pageAt);
}

export interface Block {
  readonly language: string;
  /** The words after the language. */
  readonly marks: readonly string[];
  readonly text: string;
}

/** The fenced blocks of a page, in their order. */
export function blocksOf({ text }: Page): readonly Block[] {
  return [...text.matchAll(/^```([a-z]*)([^\n]*)\n(.*?)^```$/gmsu)].map(
    ([, language = '', marks = '', body = '']) => ({
      language,
      marks: marks.trim().split(/\s+/u).filter(Boolean),
      text: body,
    }),
  );
}

/** Where a page's links and pictures lead, those out of the repository apart. */
export function linksOf({ text }: Page): readonly string[] {
  const prose = text.replaceAll(/^```.*?^```$/gmsu, '');
  const targets = [
    ...[...prose.matchAll(/\]\(([^)\s]+)\)/gu)].map(([, target = '']) => target),
    ...[...prose.matchAll(/(?:src|srcset|href)="([^"]+)"/gu)].map(([, target = '']) => target),
  ];
  return targets.filter((target) => !/^[a-z]+:/u.test(target));
}

/** The anchors that GitHub makes of a page's headings. */
export function anchorsOf({ text }: Page): readonly string[] {
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/gu, '-'),
  );
}
