import { exitCodeOf } from '../src/domain/failure.ts';
import { type Chapter, chapters, type Explanation } from '../src/domain/failures/index.ts';

/** Pages made from the catalogue of failures. */
export const failuresFolder = 'docs/reference/failures';

export interface FailurePage {
  /** Within the folder. */
  readonly name: string;
  readonly text: string;
}

const made =
  'Made by `scripts/generate-failures.ts` from the catalogue in `src/domain/failures`; do not edit it by hand.';

/** One for each code, and the index of them. */
export function failurePages(): readonly FailurePage[] {
  return [
    { name: 'README.md', text: indexPage() },
    ...all().map((one) => ({ name: `${one.code}.md`, text: pageOf(one) })),
  ];
}

const all = (): readonly Explanation[] =>
  chapters.flatMap(({ explanations }) => Object.values<Explanation>(explanations));

function indexPage(): string {
  return lines([
    '# Failures explained',
    '',
    made,
    '',
    'Everything that can go wrong or stand in the way, and what to do about it. On the terminal: `rung explain CODE`. A problem',
    'document names the page by the end of its `type`: `urn:rung:failure:plan-changed` is [plan-changed](plan-changed.md).',
    ...chapters.flatMap(chapterTable),
  ]);
}

const chapterTable = ({ title, explanations }: Chapter): readonly string[] =>
  ['', `## ${title}`, '', '| code | what it says |', '|---|---|'].concat(
    Object.values(explanations).map(({ code, title: says }) => `| [${code}](${code}.md) | ${says} |`),
  );

function pageOf(one: Explanation): string {
  const part = (title: string, said: readonly string[]): readonly string[] => [
    '',
    `## ${title}`,
    '',
    ...said,
  ];
  return lines([
    `# ${one.code}`,
    '',
    `**${one.title}.** ${formOf(one)}`,
    ...part('Why', bulleted(one.causes)),
    ...part('What to look at', bulleted(one.evidence)),
    ...part('What to do', numbered(one.wayOut)),
    ...part('How things stand', [one.leaves]),
    ...part('Does trying again help?', [one.again]),
    ...(one.see.length === 0
      ? []
      : part('See also', [one.see.map((code) => `[${code}](${code}.md)`).join(' · ')])),
    '',
    '---',
    '',
    `[All failures](README.md). ${made}`,
  ]);
}

const formOf = ({ kinds, form }: Explanation): string =>
  kinds.length === 0
    ? `Told as a ${form}.`
    : `A failure: ${kinds.map((kind) => `\`${kind}\`, exit code ${exitCodeOf(kind)}`).join('; or ')}.`;

const bulleted = (said: readonly string[]): readonly string[] =>
  said.length === 1 ? said : said.map((line) => `- ${line}`);
const numbered = (said: readonly string[]): readonly string[] =>
  said.length === 1 ? said : said.map((line, index) => `${index + 1}. ${line}`);
const lines = (text: readonly string[]): string => `${text.join('\n')}\n`;
