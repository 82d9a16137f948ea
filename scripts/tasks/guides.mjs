import { ensurePage } from './page.mjs';
import { concluded, runSuite } from './suite.mjs';

/**
 * Does what the first guide says, block by block. Needs git and bash.
 * @param {readonly string[]} args
 */
export async function run(args) {
  await ensurePage();
  return concluded(await runSuite('guides', args));
}
