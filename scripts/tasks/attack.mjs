import { concluded, runSuite } from './suite.mjs';

/**
 * The API under attack: every cell of who may do what, every limit, and clients that behave badly.
 * @param {readonly string[]} args for vitest: names of files, for one
 */
export const run = async (args) => concluded(await runSuite('attack', args));
