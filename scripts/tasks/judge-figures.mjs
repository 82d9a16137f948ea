import { inRoot } from './places.mjs';
import { onNode24 } from './programs.mjs';

/**
 * How often the judge errs, in simulated rollouts.
 * @param {readonly string[]} args runs of each row, seed
 */
export const run = (args) => onNode24([inRoot('test', 'simulation', 'judge-figures.ts'), ...args]);
