import { randomInt } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { onNode24 } from './programs.mjs';

/** As it stands on PyPI. */
const version = '4.32.5';

/**
 * Attacks the API by its own description, for so many seconds.
 * @param {number} seconds
 * @param {number | null} seed where chance begins; null: elsewhere each time, and said at the end
 * @returns {Promise<import('./suite.mjs').Tally>}
 */
export async function attackByDescription(seconds, seed) {
  const from = seed ?? randomInt(1_000_000);
  const code = await onNode24(['test/attack/schemathesis.ts', installed(), String(seconds), String(from)]);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

/** The program, in an environment of its own outside of the checkout, which is made when it is not there. */
function installed() {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'rung', `schemathesis-${version}`);
  const program = join(folder, 'bin', 'schemathesis');
  const done = join(folder, 'complete');
  if (existsSync(done)) return program;
  console.log(`Installing schemathesis ${version} into ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, '..'), { recursive: true });
  needed(
    'python3',
    ['-m', 'venv', folder],
    'Python 3 with its module venv (Debian: apt-get install python3-venv)',
  );
  needed(
    join(folder, 'bin', 'pip'),
    ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${version}`],
    `schemathesis ${version} from PyPI, which pip could not install`,
  );
  // Marked last, so that what was cut off in the middle is made anew.
  mkdirSync(`${done}.new`);
  renameSync(`${done}.new`, done);
  return program;
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} what
 */
function needed(program, args, what) {
  const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0)
    throw new Problem(`The attack by description needs ${what}.`, 'Put that right, and try again.');
}
