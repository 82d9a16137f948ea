import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import {
  describeProcess,
  isRunning,
  newMark,
  readRecord,
  writeRecord,
} from '../../src/protocol/process-record.ts';
import { down } from '../../src/supervisor/index.ts';

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'rung-supervisor-'));
});
afterEach(async () => {
  await down(data, systemClock);
  await rm(data, { recursive: true, force: true });
});

type Up = ChildProcessByStdio<null, Readable, null>;

async function up(): Promise<{ readonly process: Up; readonly said: string }> {
  const program = join(import.meta.dirname, 'programs', 'supervisor.ts');
  const child = spawn(process.execPath, [program, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { process: child, said: said.toString() };
}

const ticking = () => readRecord(join(data, 'run'), 'ticking');
const running = async () => {
  const record = await ticking();
  return record !== null && (await isRunning(record)) ? record.pid : null;
};
/** The pid of the program once it is another one than before. */
async function next(before: number | null): Promise<number | null> {
  await expect.poll(async () => ((await running()) ?? before) !== before, { interval: 10 }).toBe(true);
  return running();
}

describe('a supervisor', () => {
  it('starts again a program that was killed', async () => {
    await up();
    const first = await next(null);
    process.kill(first ?? 0, 'SIGKILL');
    expect(await next(first)).not.toBeNull();
  });

  it('says so when another one runs on the same folder', async () => {
    await up();
    const second = await up();
    expect(second.said).toContain('Rung is running already on this data folder');
    expect(await once(second.process, 'exit')).toEqual([14, null]);
  });

  it('takes over after a SIGKILL of the one before: what has no state is started anew', async () => {
    const first = await up();
    const before = await next(null);
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    expect(await running()).toBe(before);
    const second = await up();
    expect(second.said).toBe('up\n');
    expect(await next(before)).not.toBeNull();
  });

  it('ends everything on Ctrl-C, services of environments included', async () => {
    const supervisor = await up();
    await next(null);
    const instances = join(data, 'environments', 'dev', 'instances');
    await mkdir(instances, { recursive: true });
    const service = spawn('sleep', ['100'], { detached: true, stdio: 'ignore' });
    const record = await describeProcess(service.pid ?? 0, 'web-1', '');
    if (record) await writeRecord(instances, record);
    supervisor.process.kill('SIGINT');
    await Promise.all([once(supervisor.process, 'exit'), once(service, 'exit')]);
    expect(supervisor.process.exitCode).toBe(0);
    expect(await running()).toBeNull();
  });

  it('leaves everything running when the terminal is closed', async () => {
    const supervisor = await up();
    const before = await next(null);
    supervisor.process.kill('SIGHUP');
    // It has been dealt with once a signal sent after it has an effect.
    process.kill(before ?? 0, 'SIGKILL');
    expect(await next(before)).not.toBeNull();
    expect(supervisor.process.exitCode).toBeNull();
  });

  it('is not missed by `down`, which ends everything even without one', async () => {
    const supervisor = await up();
    await next(null);
    supervisor.process.kill('SIGKILL');
    await once(supervisor.process, 'exit');
    await down(data, systemClock);
    expect(await running()).toBeNull();
  });

  it('never takes a recycled process id for its own', async () => {
    const own = await describeProcess(process.pid, 'x', '');
    expect(own && (await isRunning(own))).toBe(true);
    expect(own && (await isRunning({ ...own, startedAt: '1' }))).toBe(false);
    expect(own && (await isRunning({ ...own, boot: 'another' }))).toBe(false);
    expect(own && (await isRunning({ ...own, mark: newMark() }))).toBe(false);
  });
});
