import { ensurePage } from './page.mjs';
import { onNode24 } from './programs.mjs';

/**
 * The example, from nothing to the whole story, and then Rung until Ctrl-C.
 * @param {readonly string[]} args
 */
export async function run(args) {
  await ensurePage();
  return onNode24(['src/main.ts', 'story', ...args]);
}
