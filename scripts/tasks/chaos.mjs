import { onNode24 } from './programs.mjs';

/**
 * Releases climb while random programs are killed: `npm run chaos -- --times 10 --seed 1`.
 * @param {readonly string[]} args
 */
export const run = (args) => onNode24(['test/endurance/chaos.ts', ...args]);
