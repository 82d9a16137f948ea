import { staticChecks } from './static-checks.mjs';
import { concluded, runSuite } from './suite.mjs';

/**
 * Every check that needs no outside program.
 * @param {readonly string[]} args for vitest: names of files, for one
 */
export async function run(args) {
  const checks = await staticChecks();
  return concluded(checks, await runSuite('test', args));
}
