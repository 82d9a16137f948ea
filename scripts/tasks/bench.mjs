import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from './machine.mjs';
import { keepFigures } from './performance-page.mjs';
import { inRoot } from './places.mjs';
import { Problem } from './problem.mjs';
import { onNode24 } from './programs.mjs';

/**
 * @typedef {import('../../test/bench/row.ts').Row} Row
 * @typedef {import('../../test/bench/row.ts').Subject} Subject
 * @typedef {{ name: string, code: number, subject: Subject | null, rows: readonly Row[] }} Measured
 */

const folder = inRoot('test', 'bench');

/**
 * Runs benches one after the other, each a program of its own, and keeps their figures in the page of performance.
 * Figures out of reach are said, and are no failure; a bench that did not come to its end is.
 * @param {readonly string[]} args names of benches, all when there is none; `--list` names them, `--json` prints the
 *   figures as JSON, `--small` makes sizes that take seconds, whose figures are not kept
 */
export async function run(args) {
  const all = benches();
  if (args.includes('--list')) return console.log(all.join('\n')) ?? 0;
  const isSmall = args.includes('--small');
  /** @type {Measured[]} */
  const measured = [];
  for (const name of chosen(all, args)) measured.push(await measure(name, isSmall));
  const whole = measured.filter(({ code }) => code === 0);
  if (args.includes('--json')) console.log(JSON.stringify({ machine: machine(), measured }, null, 2));
  if (!isSmall) keepFigures(all, whole, machine());
  return conclude(measured);
}

/** A bench is what says what it is about. */
const benches = () =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'row.ts')
    .filter((file) => /\bsubject\(\{/u.test(readFileSync(join(folder, file), 'utf8')))
    .map((file) => file.replace(/\.ts$/u, ''))
    .toSorted();

/** @param {readonly string[]} all @param {readonly string[]} args */
function chosen(all, args) {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Problem(`There is no bench ${unknown.join(', ')}.`, `The benches are: ${all.join(', ')}.`);
  return names.length === 0 ? all : names;
}

/** @param {string} name @param {boolean} isSmall @returns {Promise<Measured>} */
async function measure(name, isSmall) {
  console.log(`\n━━ ${name}\n`);
  const place = mkdtempSync(join(tmpdir(), 'rung-bench-'));
  const file = join(place, 'rows');
  try {
    const code = await onNode24([join(folder, `${name}.ts`)], {
      RUNG_BENCH_ROWS: file,
      RUNG_BENCH_SMALL: isSmall ? '1' : '0',
    });
    return { name, code, ...collected(file) };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} file @returns {{ subject: Subject | null, rows: Row[] }} */
function collected(file) {
  const lines = linesOf(file).map(
    (line) => /** @type {{ subject?: Subject, row?: Row }} */ (JSON.parse(line)),
  );
  return {
    subject: lines.find((line) => line.subject !== undefined)?.subject ?? null,
    rows: lines.flatMap(({ row }) => (row === undefined ? [] : [row])),
  };
}

/** @param {string} file @returns {string[]} none where a bench ended before it said anything */
function linesOf(file) {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}

/** @param {readonly Measured[]} measured @returns {number} the exit code */
function conclude(measured) {
  const rows = measured.flatMap((one) => one.rows.map((row) => ({ bench: one.name, ...row })));
  const short = rows.filter(({ reach }) => reach?.holds === false);
  const broken = measured.filter(({ code }) => code !== 0);
  console.log('');
  for (const { bench, what, reach } of short) console.log(`out of reach: ${bench}, ${what} (${reach?.text})`);
  for (const { name, code } of broken) console.log(`did not come to its end: ${name} (exit code ${code})`);
  console.log(`${rows.length} figures, ${short.length} of them out of reach`);
  return broken.length === 0 ? 0 : 1;
}
