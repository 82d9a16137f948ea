import { cpSync, rmSync } from 'node:fs';
import { buildPage } from './page.mjs';
import { inRoot } from './places.mjs';
import { Problem } from './problem.mjs';
import { tool } from './programs.mjs';

/** Writes dist/: what the package ships. Node runs no TypeScript under node_modules. */
export async function run() {
  const dist = inRoot('dist');
  rmSync(dist, { recursive: true, force: true });
  const [{ code, output }] = await Promise.all([tool('tsc', ['-p', 'tsconfig.build.json']), buildPage()]);
  if (code !== 0) throw new Problem('The programs could not be built.', output);
  cpSync(inRoot('src', 'web', 'dist'), inRoot('dist', 'web', 'dist'), { recursive: true });
  return 0;
}
