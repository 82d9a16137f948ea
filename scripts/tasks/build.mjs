import { cpSync } from 'node:fs';
import { bundle } from './own-programs.mjs';
import { buildPage } from './page.mjs';
import { inRoot } from './places.mjs';

/** Writes dist/: what the package ships. Node runs no TypeScript under node_modules. */
export async function run() {
  // What others wrote is installed beside it, and stays theirs under their licences.
  await Promise.all([bundle(inRoot('dist'), ['--packages-apart']), buildPage()]);
  cpSync(inRoot('src', 'web', 'dist'), inRoot('dist', 'web', 'dist'), { recursive: true });
  return 0;
}
