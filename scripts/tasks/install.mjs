import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToItsEnd } from '../../bin/node-24.mjs';
import { inRoot } from './places.mjs';
import { Problem } from './problem.mjs';

/**
 * Installs the packages of the lock file where they are missing or others than it says.
 * @param {string} folder of package.json
 */
export async function ensureInstalled(folder = inRoot()) {
  if (isInstalled(folder)) return;
  console.error('Installing what is missing (this takes half a minute or so, once) …');
  const { program, before } = npm();
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runToItsEnd(program, [...before, ...args], { cwd: folder });
  if (code === 0 && isInstalled(folder)) return;
  throw new Problem(
    `The packages could not be installed (npm ended with ${code}).`,
    'This needs the network once. What npm said stands above; when that is mended, run the same command again.',
  );
}

/** The npm that runs this, if one does; it may stand elsewhere than on the PATH. */
function npm() {
  const own = process.env['npm_execpath'];
  if (own?.endsWith('npm-cli.js')) return { program: process.execPath, before: [own] };
  return { program: process.platform === 'win32' ? 'npm.cmd' : 'npm', before: [] };
}

/**
 * Whether everything the lock file asks for is there in its version. What is optional may be missing: another
 * platform's.
 * @param {string} folder
 */
function isInstalled(folder) {
  const wanted = packagesIn(join(folder, 'package-lock.json'));
  // npm writes this file last, so that an installation that was cut off has none.
  const found = packagesIn(join(folder, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted)
    .filter(([place]) => place !== '')
    .every(([place, { version, optional }]) => {
      const here = found[place];
      return here === undefined ? optional === true : here.version === version;
    });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesIn(file) {
  if (!existsSync(file)) return {};
  const lock = /** @type {{ packages: ReturnType<typeof packagesIn> }} */ (
    JSON.parse(readFileSync(file, 'utf8'))
  );
  return lock.packages;
}
