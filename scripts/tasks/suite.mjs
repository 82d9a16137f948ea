import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onNode24 } from './programs.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: readonly string[] }} Tally `skipped` names each one, and what it needs
 */

/**
 * Runs one of the suites of vitest.config.ts.
 * @param {'test' | 'alarms' | 'attack' | 'browser' | 'package' | 'guides' | 'endurance'} suite
 * @param {readonly string[]} args
 * @returns {Promise<Tally>}
 */
export async function runSuite(suite, args = []) {
  const folder = mkdtempSync(join(tmpdir(), 'rung-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const reporters = ['--reporter=default', '--reporter=./scripts/tally-reporter.mjs'];
    const code = await onNode24(
      ['node_modules/vitest/vitest.mjs', 'run', '--mode', suite, ...reporters, ...args],
      { RUNG_TALLY: file, NODE_ENV: 'test' },
    );
    const tally = tallyIn(file) ?? { passed: 0, failed: 1, skipped: [] };
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file @returns {Tally | null} null when the run did not come to its end */
function tallyIn(file) {
  try {
    return /** @type {Tally} */ (JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * The last line of every suite, for people and machines alike.
 * @param {...{ passed: number, failed: number, skipped?: readonly string[] }} tallies
 * @returns {number} the exit code
 */
export function concluded(...tallies) {
  const skipped = tallies.flatMap((one) => one.skipped ?? []);
  const sum = (/** @type {'passed' | 'failed'} */ which) =>
    tallies.reduce((total, one) => total + one[which], 0);
  for (const one of skipped) console.log(`skipped: ${one}`);
  if (skipped.length > 0) console.log(`${skipped.length} skipped`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}
