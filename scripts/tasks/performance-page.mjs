import { readFileSync, writeFileSync } from 'node:fs';
import { figureText } from './figure-text.mjs';
import { inRoot } from './places.mjs';

/**
 * @typedef {import('./bench.mjs').Measured} Measured
 * @typedef {import('../../test/bench/row.ts').Row} Row
 */

const page = inRoot('docs', 'reference', 'performance.md');
const opening = [
  '# Performance',
  '',
  'Made by `npm run bench`; do not edit it by hand. Each table says when it was measured, on what, and by which command.',
  'A figure stands beside what it is compared with, measured in the same run on the same machine, and the ratio of the two is what',
  'carries over to other machines. **✗** marks what falls short of what we want to reach.',
  '',
].join('\n');

/**
 * Puts the figures of benches into the page. The tables of all others stay as they were, unless their bench is gone.
 * @param {readonly string[]} all names of all benches, in their order
 * @param {readonly Measured[]} measured
 * @param {string} machine
 */
export function keepFigures(all, measured, machine) {
  const before = sectionsOf(read());
  const day = new Date().toISOString().slice(0, 10);
  const fresh = new Map(measured.map((one) => [one.name, sectionOf(one, machine, day)]));
  const sections = all.flatMap((name) => fresh.get(name) ?? before.get(name) ?? []);
  writeFileSync(page, [opening, ...sections].join('\n'));
}

/** Each table stands below a mark with its bench's name. @param {string} text @returns {Map<string, string>} */
export function sectionsOf(text) {
  const parts = text.split(/^(?=<!-- bench [\w-]+ -->$)/mu);
  return new Map(
    parts.flatMap((part) => {
      const name = /^<!-- bench ([\w-]+) -->/u.exec(part)?.[1];
      return name === undefined ? [] : [/** @type {const} */ ([name, `${part.trimEnd()}\n`])];
    }),
  );
}

/** @param {Measured} measured @param {string} machine @param {string} day */
export function sectionOf({ name, subject, rows }, machine, day) {
  return [
    `<!-- bench ${name} -->`,
    `## ${subject?.title ?? name}`,
    '',
    ...(subject === null ? [] : [subject.about, '']),
    `\`npm run bench -- ${name}\`, ${day}, on ${machine}.`,
    '',
    '| what | figure | beside | ratio | to reach |',
    '|---|---|---|---|---|',
    ...rows.map(rowOf),
    '',
  ].join('\n');
}

/** @param {Row} row */
function rowOf({ what, figure, unit, beside, reach, commits, note }) {
  const more = [commits === undefined ? '' : `commits of each: ${figureText(commits)}`, note ?? ''];
  const cells = [
    [what, ...more.filter((one) => one !== '')].join('; '),
    `${figureText(figure)} ${unit}`,
    beside === undefined ? '' : `${beside.what}: ${figureText(beside.figure)} ${unit}`,
    beside === undefined ? '' : figureText(figure / beside.figure),
    reach === undefined ? '' : `${reach.text}${reach.holds ? '' : ' **✗**'}`,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function read() {
  try {
    return readFileSync(page, 'utf8');
  } catch {
    return '';
  }
}
