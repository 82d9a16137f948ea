import { inRoot } from './places.mjs';
import { onNode24 } from './programs.mjs';

/**
 * Puts small faults into what decides, and counts how many the tests find.
 * @param {readonly string[]} args files or folders, `--sample N --seed S`, `--all`, `--json`
 */
export const run = (args) =>
  onNode24(['--disable-warning=ExperimentalWarning', inRoot('test', 'mutation', 'mutation.ts'), ...args]);
