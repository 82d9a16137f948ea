import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inRoot } from './places.mjs';
import { Problem } from './problem.mjs';
import { environment, theNode } from './programs.mjs';

/**
 * Starts a Rung of its own on the example project, in a folder that is gone afterwards.
 * @template T
 * @param {(link: string) => Promise<T>} use gets a link that signs in once
 */
export async function withRunningRung(use) {
  const folder = mkdtempSync(join(tmpdir(), 'rung-running-'));
  try {
    const project = join(folder, 'ladder');
    cpSync(inRoot('examples', 'ladder'), project, { recursive: true });
    git(project, 'init', '--quiet', '--initial-branch=develop');
    git(project, 'config', 'user.email', 'ada@example.org');
    const up = start(['up', '--json', '--data', join(folder, 'data'), '--file', join(project, 'rung.yaml')]);
    const exited = once(up, 'exit');
    try {
      return await use(await linkFrom(up));
    } finally {
      up.kill('SIGTERM');
      await exited;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {string[]} args */
const git = (folder, ...args) => execFileSync('git', args, { cwd: folder });

/** @param {readonly string[]} args */
const start = (args) =>
  spawn(theNode(), [inRoot('src', 'main.ts'), ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} up */
async function linkFrom(up) {
  for await (const line of createInterface({ input: up.stdout })) {
    const { link } = /** @type {{ link: string }} */ (JSON.parse(line));
    return link;
  }
  throw new Problem('Rung did not start.', 'What it said stands above.');
}
