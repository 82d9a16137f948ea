import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { held, letBegin } from './held-start.ts';
import { describeProcess, isRunning } from './process-record.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rung-held-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const writes = `require('node:fs').writeFileSync(process.argv[1], process.argv[2])`;
const command = (): readonly string[] =>
  held([process.execPath, '--eval', writes, join(folder, 'ran'), 'a "word" $HOME']);

describe('a program that is held until it is recorded (OPS-6)', () => {
  it('begins when it is told, as it was asked for, and stays the same process', async () => {
    const [program = '', ...args] = command();
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'inherit'] });
    const ended = once(child, 'exit');
    const record = await describeProcess(child.pid ?? 0, 'held', '');
    expect(await readdir(folder)).toEqual([]);
    expect(record !== null && (await isRunning(record))).toBe(true);
    letBegin(child);
    expect(await ended).toEqual([0, null]);
    expect(await readFile(join(folder, 'ran'), 'utf8')).toBe('a "word" $HOME');
  });

  it('ends without having begun where who started it is killed before', async () => {
    const starts = `const child = require('node:child_process').spawn(process.argv[1], process.argv.slice(2), {
      detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
      process.stdout.write(String(child.pid));
      setInterval(() => undefined, 1000);`;
    const starter = spawn(process.execPath, ['--eval', starts, ...command()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(starter.stdout, 'data')) as [Buffer];
    const record = await describeProcess(Number(said), 'held', '');
    if (record === null) throw new Error('it was not started');
    starter.kill('SIGKILL');
    await expect.poll(() => isRunning(record)).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is told in vain where it has ended', async () => {
    const [program = '', ...args] = command();
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(() => letBegin(child)).not.toThrow();
  });
});
