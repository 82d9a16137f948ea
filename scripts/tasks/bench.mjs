import { readdirSync } from 'node:fs';
import { inRoot } from './places.mjs';
import { onNode24 } from './programs.mjs';

/**
 * Measures, and prints ratios: how fast the machine is should not matter.
 * @param {readonly string[]} args which: `npm run bench -- gateway`; all when none is named
 */
export async function run(args) {
  const all = readdirSync(inRoot('test', 'bench')).filter((name) => name.endsWith('.ts'));
  const chosen = args.length === 0 ? all : all.filter((name) => args.includes(name.replace('.ts', '')));
  let worst = 0;
  for (const name of chosen) {
    console.log(`\n${name.replace('.ts', '')}`);
    worst = Math.max(worst, await onNode24([inRoot('test', 'bench', name)]));
  }
  return worst;
}
