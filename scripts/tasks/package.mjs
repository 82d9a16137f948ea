import { concluded, runSuite } from './suite.mjs';

/**
 * Packs Rung, installs it into an empty folder and uses it there. Needs the network or npm's cache, and git.
 * @param {readonly string[]} args
 */
export const run = async (args) => concluded(await runSuite('package', args));
