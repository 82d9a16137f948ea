/**
 * What stands behind the scripts of package.json: `node scripts/run.mjs TASK [ARGUMENT…]`. Plain JavaScript that runs
 * on Node 20 before anything is installed; it installs what is missing and does the rest on Node 24.
 */
import { Problem } from './tasks/problem.mjs';
import { ensureInstalled } from './tasks/install.mjs';

/** @type {Readonly<Record<string, () => Promise<{ run: (args: readonly string[]) => Promise<number> }>>>} */
const tasks = {
  start: () => import('./tasks/start.mjs'),
  test: () => import('./tasks/test.mjs'),
  browser: () => import('./tasks/browser.mjs'),
  package: () => import('./tasks/package.mjs'),
  guides: () => import('./tasks/guides.mjs'),
  check: () => import('./tasks/check.mjs'),
  format: () => import('./tasks/format.mjs'),
  generate: () => import('./tasks/generate.mjs'),
  build: () => import('./tasks/build.mjs'),
  alarms: () => import('./tasks/alarms.mjs'),
  endurance: () => import('./tasks/endurance.mjs'),
  attack: () => import('./tasks/attack.mjs'),
  chaos: () => import('./tasks/chaos.mjs'),
  bench: () => import('./tasks/bench.mjs'),
  simulation: () => import('./tasks/simulation.mjs'),
  mutation: () => import('./tasks/mutation.mjs'),
  'judge-figures': () => import('./tasks/judge-figures.mjs'),
};

const [name = '', ...args] = process.argv.slice(2);
try {
  const load = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (load === undefined)
    throw new Problem(`There is no task ${name}.`, `The tasks are: ${Object.keys(tasks).join(', ')}.`);
  await ensureInstalled();
  process.exitCode = await (await load()).run(args);
} catch (thrown) {
  if (!(thrown instanceof Problem)) throw thrown;
  console.error(`\n✗ ${thrown.message}\n  ${thrown.wayOut}`);
  process.exitCode = 1;
}
