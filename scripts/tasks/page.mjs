import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './places.mjs';
import { Problem } from './problem.mjs';
import { tool } from './programs.mjs';

const built = inRoot('src', 'web', 'dist');

/** Builds the board where it was not built yet, or is older than what it is made of. */
export async function ensurePage() {
  const builtAt = changedAt(join(built, 'index.html'));
  const sources = ['src/web', 'src/client', 'src/domain', 'package-lock.json'].map((one) => inRoot(one));
  if (builtAt >= Math.max(...sources.map(newestIn))) return;
  console.error('Building the board …');
  await buildPage();
}

/** Throws a Problem with what the builder said. */
export async function buildPage() {
  const { code, output } = await tool('vite', ['build', 'src/web', '--logLevel', 'warn']);
  if (code === 0) return;
  throw new Problem('The board could not be built.', output);
}

/** @param {string} place a file or a folder @returns {number} when it changed last, in ms; 0 when it is not there */
function newestIn(place) {
  if (place === built) return 0;
  const at = changedAt(place);
  if (at === 0 || !statSync(place).isDirectory()) return at;
  return Math.max(0, ...readdirSync(place).map((name) => newestIn(join(place, name))));
}

/** @param {string} file */
const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
