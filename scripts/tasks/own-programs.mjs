import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './places.mjs';
import { Problem } from './problem.mjs';
import { tool } from './programs.mjs';

const kept = inRoot('node_modules', '.cache', 'rung');
const sources = inRoot('src', 'main.ts');
/** What runs on may be started again from where it lies, so nothing is taken away that may still be in use. */
const unusedForMs = 30 * 24 * 3600 * 1000;
const mostTries = 3;

/**
 * The file to start our programs by: JavaScript that is made once of each state of the sources, because stripping types
 * off hundreds of files is most of what a start costs. Where it cannot be made, the sources themselves, and a word on
 * stderr why.
 * @returns {Promise<string>}
 */
export async function ownPrograms() {
  try {
    return await built();
  } catch (thrown) {
    const why = thrown instanceof Problem ? thrown.wayOut.trim() : String(thrown);
    console.error(`Running from the sources, which start more slowly; building them failed: ${why}`);
    return sources;
  }
}

async function built() {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const state = stateOfSources();
    const folder = join(kept, state);
    if (!existsSync(folder)) await build(folder);
    // Somebody may have saved a file while it was built.
    if (stateOfSources() !== state) continue;
    utimesSync(folder, new Date(), new Date());
    return join(folder, 'main.js');
  }
  throw new Problem('The programs could not be built.', 'the sources change all the time');
}

/** Beside its place, and moved there when it is whole. @param {string} folder */
async function build(folder) {
  const fresh = `${folder}.${process.pid}`;
  try {
    await bundle(fresh);
    renameSync(fresh, folder);
  } catch (thrown) {
    // Another start may have been quicker.
    if (!existsSync(folder)) throw thrown;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  removeUnused();
}

/**
 * Writes our programs as JavaScript.
 * @param {string} folder
 * @param {readonly string[]} options see scripts/bundle.mjs. Throws a Problem with what the bundler said
 */
export async function bundle(folder, options = []) {
  const { code, output } = await tool('node', [inRoot('scripts', 'bundle.mjs'), folder, ...options]);
  if (code !== 0) throw new Problem('The programs could not be built.', output);
}

/** A digest over everything that the programs are made of. The packages are what the lock file says. */
function stateOfSources() {
  const hash = createHash('sha256');
  for (const file of [
    ...filesIn(inRoot('src')),
    inRoot('package-lock.json'),
    inRoot('scripts', 'bundle.mjs'),
  ])
    hash
      .update(`${file.slice(inRoot().length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex').slice(0, 32);
}

/** @param {string} folder @returns {string[]} without the page and the tests, which no program loads */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const place = join(folder, entry.name);
      if (entry.isDirectory()) return place === inRoot('src', 'web') ? [] : filesIn(place);
      return /\.(?:test|kit)\.ts$/u.test(entry.name) ? [] : [place];
    });
}

function removeUnused() {
  for (const name of readdirSync(kept)) {
    const folder = join(kept, name);
    if (Date.now() - statSync(folder).mtimeMs > unusedForMs) rmSync(folder, { recursive: true, force: true });
  }
}
