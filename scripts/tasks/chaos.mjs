import { onNode24 } from './programs.mjs';

/**
 * Releases climb while random programs are killed: `npm run chaos -- --times 10 --seed 1`, on a project of one service; with
 * `--story` they do what `npm start` tells.
 * @param {readonly string[]} args
 */
export const run = (args) =>
  onNode24([args.includes('--story') ? 'test/endurance/story-chaos.ts' : 'test/endurance/chaos.ts', ...args]);
