import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { node24, noNode24, runToItsEnd } from '../../bin/node-24.mjs';
import { inRoot, root } from './places.mjs';
import { Problem } from './problem.mjs';

const bin = inRoot('node_modules', '.bin');

/** Tools find Node 24 first, whatever `node` is on this machine. */
export const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };

/** Throws a Problem when there is none. */
export function theNode() {
  const found = node24();
  if (found !== null) return found;
  const [what = '', wayOut = ''] = noNode24.split('\n');
  throw new Problem(what, wayOut);
}

/**
 * Runs a program of ours on Node 24 in the foreground.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [more] added to the environment
 * @param {string} [cwd]
 * @returns {Promise<number>} its exit code
 */
export const onNode24 = (args, more = {}, cwd = root) =>
  runToItsEnd(theNode(), args, { cwd, env: { ...environment, ...more } });

/**
 * Runs one of the installed tools, or Node 24, and keeps what it prints.
 * @param {string} tool
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, output: string, tookMs: number }>}
 */
export function tool(tool, args) {
  const startedMs = performance.now();
  const program = tool === 'node' ? theNode() : inRoot('node_modules', '.bin', tool);
  const child = spawn(program, args, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => void (output += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code: code ?? 1, output, tookMs: performance.now() - startedMs }),
    );
  });
}
