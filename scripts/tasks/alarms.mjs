import { spawnSync } from 'node:child_process';
import { Problem } from './problem.mjs';
import { concluded, runSuite } from './suite.mjs';

/** By the name of the program, the package of Debian that has it. */
const needed = { prometheus: 'prometheus', 'prometheus-alertmanager': 'prometheus-alertmanager' };

/**
 * Alarms of a real Prometheus and a real Alertmanager.
 * @param {readonly string[]} args
 */
export async function run(args) {
  const missing = Object.entries(needed).filter(([program]) => !isThere(program));
  if (missing.length > 0)
    throw new Problem(
      `The suite of alarms needs ${missing.map(([program]) => program).join(' and ')}, and there is none on the path.`,
      `Install it (Debian: apt-get install ${missing.map(([, name]) => name).join(' ')}).`,
    );
  return concluded(await runSuite('alarms', args));
}

/** @param {string} program */
const isThere = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
