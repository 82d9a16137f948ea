import { inRoot } from './places.mjs';
import { onNode24 } from './programs.mjs';

/**
 * Tries histories in which all goes wrong that can, and holds them against the invariants.
 * @param {readonly string[]} args `--histories N`, `--hours H`, or `--seed N` for one of them again
 */
export const run = (args) => onNode24([inRoot('test', 'simulation', 'histories', 'simulation.ts'), ...args]);
