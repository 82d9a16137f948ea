import { ownPrograms } from './own-programs.mjs';
import { ensurePage } from './page.mjs';
import { onNode24 } from './programs.mjs';

/**
 * The example, from nothing to the whole story, and then Rung until Ctrl-C.
 * @param {readonly string[]} args
 */
export async function run(args) {
  const [entry] = await Promise.all([ownPrograms(), ensurePage()]);
  return onNode24([entry, 'story', ...args]);
}
