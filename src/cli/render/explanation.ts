import { exitCodeOf, type FailureKind } from '../../domain/failure.ts';
import type { Chapter, Explanation } from '../../domain/failures/index.ts';
import type { Look } from './look.ts';
import { wrap } from './width.ts';

const readable = 100;

/** One explanation as a page of the terminal. */
export function explanationLines(one: Explanation, look: Look): readonly string[] {
  const width = Math.min(look.width, readable);
  const part = (name: string, said: readonly string[]): readonly string[] =>
    said.length === 0
      ? []
      : [
          '',
          look.style.strong(name),
          ...said.flatMap((line) => wrap(line, width - 2, said.length === 1 ? '' : '  ').map(indented)),
        ];
  return [
    `${look.style.strong(one.code)}  ${look.style.faint(kindsText(one))}`,
    ...wrap(one.title, width),
    ...part('Why', bulleted(one.causes)),
    ...part('Look at', bulleted(one.evidence)),
    ...part('What to do', numbered(one.wayOut)),
    ...part('How things stand', [one.leaves]),
    ...part('Again?', [one.again]),
    ...part(
      'See also',
      [one.see.join(', ')].filter((text) => text !== ''),
    ),
  ];
}

const indented = (line: string): string => `  ${line}`;
const bulleted = (said: readonly string[]): readonly string[] =>
  said.length === 1 ? said : said.map((line) => `· ${line}`);
const numbered = (said: readonly string[]): readonly string[] =>
  said.length === 1 ? said : said.map((line, index) => `${String(index + 1)} ${line}`);

const kindsText = ({ kinds, form }: Explanation): string =>
  kinds.length === 0 ? form : kinds.map(kindText).join(' or ');
const kindText = (kind: FailureKind): string => `${kind}, exit code ${String(exitCodeOf(kind))}`;

/** Every code there is, chapter by chapter. */
export function contentsLines(chapters: readonly Chapter[], look: Look): readonly string[] {
  const all = chapters.map(({ title, explanations }) => ({
    title,
    entries: Object.values<Explanation>(explanations),
  }));
  const longest = Math.max(...all.flatMap(({ entries }) => entries.map(({ code }) => code.length)));
  const entryLines = (one: Explanation): readonly string[] => {
    const [first = '', ...rest] = wrap(one.title, Math.max(20, look.width - longest - 4));
    return [`  ${one.code.padEnd(longest)}  ${first}`].concat(
      rest.map((line) => ' '.repeat(longest + 4) + line),
    );
  };
  return all.flatMap(({ title, entries }, index) =>
    (index === 0 ? [] : ['']).concat(look.style.strong(title), entries.flatMap(entryLines)),
  );
}
