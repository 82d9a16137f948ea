import { concluded, runSuite } from './suite.mjs';

/**
 * `rung up` as a person has it, with its programs killed, stopped, robbed and misled. Minutes, spent in waiting for the most part.
 * @param {readonly string[]} args for vitest: names of files, for one
 */
export const run = async (args) => concluded(await runSuite('endurance', args));
