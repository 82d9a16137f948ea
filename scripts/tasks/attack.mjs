import { attackByDescription } from './schemathesis.mjs';
import { concluded, runSuite } from './suite.mjs';

/**
 * The API under attack: every cell of who may do what, every limit, clients that behave badly, and whatever can be made up
 * from its description: for two minutes, the same each time, or ten minutes with `--long`, something else each time.
 * @param {readonly string[]} args others are for vitest: names of files, which leave the rest out
 */
export async function run(args) {
  const files = args.filter((one) => one !== '--long');
  const suite = await runSuite('attack', files);
  if (files.length > 0) return concluded(suite);
  const found = await (args.includes('--long')
    ? attackByDescription(600, null)
    : attackByDescription(120, 1));
  return concluded(suite, found);
}
