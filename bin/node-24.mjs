import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

const isWindows = process.platform === 'win32';

/** Rung's programs need Node 24 or newer; this file and what starts them run on Node 20, too. */
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;

/**
 * The Node 24 that came as a package for this platform; else the Node that runs this, where it is new enough; else
 * null.
 * @returns {string | null}
 */
export function node24() {
  const platform = isWindows ? 'win' : process.platform;
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-${platform}-${process.arch}/package.json`);
    return join(dirname(manifest), 'bin', isWindows ? 'node.exe' : 'node');
  } catch {
    return isNewEnough ? process.execPath : null;
  }
}

export const noNode24 = `Rung needs Node 24 or newer. This is ${process.versions.node}, and no Node 24 was installed as a package for ${process.platform}-${process.arch}.
Install Node 24, or install Rung's packages again without --omit=optional.`;

/** @type {readonly NodeJS.Signals[]} */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Ctrl-C reaches us from the terminal, and again from npm, which passes on what it gets. */
const sameWithinMs = 250;

/**
 * Runs a program until it ends, and passes on what is asked of us. It stands in a process group of its own, so that a
 * Ctrl-C reaches it once, and we outlive it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 128 and the signal's number when a signal ended it. Throws when it does not start
 */
export function runToItsEnd(program, args, options = {}) {
  const child = spawn(program, args, { ...options, stdio: 'inherit', detached: !isWindows });
  const stopPassingOn = passSignalsOn(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      stopPassingOn();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignalsOn(child) {
  const lastAt = new Map();
  const listeners = passedOn.map((signal) => {
    const listener = () => {
      const now = performance.now();
      if (now - (lastAt.get(signal) ?? -sameWithinMs) >= sameWithinMs) child.kill(signal);
      lastAt.set(signal, now);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    for (const stop of listeners) stop();
  };
}
