import { execFile } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Clients } from '../agent/traffic.ts';
import { familyOf } from './processes.ts';
import { Rung } from './rung.ts';

const hasScript = await promisify(execFile)('script', ['--version']).then(
  () => true,
  () => false,
);
const needs = hasScript ? '' : ' (needs script: apt install bsdutils)';

/** Runs what follows on a terminal of its own, whose other end dies with `script`. */
const onTerminal = [
  'sh',
  '-c',
  `exec script --quiet --flush --return --command "$(printf "'%s' " "$@")" /dev/null`,
  'sh',
] as const;

/** Where the first that `script` started writes to. */
async function outputOf(script = Number.NaN): Promise<string> {
  const pid = (await familyOf(script)).at(1) ?? Number.NaN;
  return readlink(`/proc/${pid}/fd/1`);
}

describe.skipIf(!hasScript)(`a terminal that is closed${needs}`, () => {
  let rung: Rung;
  afterEach(async () => {
    await rung[Symbol.asyncDispose]();
    expect(await rung.leftovers()).toEqual([]);
  });

  it('ends rung up and no service, and the next rung up finds them (OPS-6)', async () => {
    rung = await Rung.prepare();
    const first = rung.up({ within: onTerminal });
    await first.isReady;
    expect(await outputOf(first.process.pid)).toMatch(/^\/dev\/pts\//u);
    await rung.merge('feat: a service');
    await rung.runs('dev', '1.0.0');
    await rung.runs('prod', '1.0.0');
    const instances = await rung.instances();
    await using steady = new Clients(await rung.urlOf('prod'), 2);
    // Whoever holds the other end of the terminal is gone, and the kernel hangs up.
    first.process.kill('SIGKILL');
    await first.ended;

    await rung.up().isReady;
    await rung.runs('prod', '1.0.0');
    expect(await rung.instances()).toEqual(instances);
    const answers = steady.count('200 1.0.0');
    await expect.poll(() => steady.count('200 1.0.0')).toBeGreaterThan(answers + 20);
    expect(steady.failures).toBe(0);
    expect([...steady.answers.keys()]).toEqual(['200 1.0.0']);
  });
});
