import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import {
  describeProcess,
  isGroupThere,
  isRunning,
  newMark,
  readRecord,
  writeRecord,
} from '../../src/protocol/process-record.ts';
import { silentLog } from '../../src/domain/log.ts';
import { createSupervisor, down } from '../../src/supervisor/index.ts';
import { type RunningPostgres, startPostgres } from '../../src/supervisor/postgres.ts';
import { cutLogs } from '../../src/supervisor/program-logs.ts';

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

  it('is not kept from ending everything by what ends by itself just before it is killed', async () => {
    const stubborn = spawn('sh', ['-c', 'trap "" INT; while :; do sleep 1; done'], { detached: true });
    const gone = once(stubborn, 'exit');
    const record = await describeProcess(stubborn.pid ?? 0, 'postgres', '');
    await mkdir(join(data, 'run'), { recursive: true });
    if (record) await writeRecord(join(data, 'run'), record);
    let hour = 0;
    const sleep = async (): Promise<void> => {
      process.kill(-(stubborn.pid ?? 0), 'SIGKILL');
      await gone;
      hour += 3_600_000;
    };
    await down(data, { ...systemClock, sleep, monotonicMs: () => systemClock.monotonicMs() + hour });
    expect(await readRecord(join(data, 'run'), 'postgres')).toBeNull();
  });

  it('ends what a supervisor started before it was killed, for it did not end in time', async () => {
    const run = join(data, 'run');
    await mkdir(run, { recursive: true });
    const start = async (
      name: string,
    ): Promise<{ readonly gone: Promise<unknown>; readonly pid: number }> => {
      const child = spawn('sh', ['-c', 'trap "" TERM; exec sleep 60'], { detached: true, stdio: 'ignore' });
      const gone = once(child, 'exit');
      const record = await describeProcess(child.pid ?? 0, name, '');
      if (record) await writeRecord(run, record);
      return { gone, pid: child.pid ?? 0 };
    };
    const supervisor = await start('supervisor');
    let started: Awaited<ReturnType<typeof start>> | null = null;
    let later = 0;
    const sleep = async (ms: number): Promise<void> => {
      if (started === null) {
        started = await start('agent-dev');
        later = 60_000;
      }
      await systemClock.sleep(ms);
    };
    await down(data, { ...systemClock, sleep, monotonicMs: () => systemClock.monotonicMs() + later });
    await supervisor.gone;
    expect(started).not.toBeNull();
    expect(await readRecord(run, 'agent-dev')).toBeNull();
    expect(await isGroupThere((started as { readonly pid: number } | null)?.pid ?? 0)).toBe(false);
  });

  it('ends a database whose supervisor was killed while it was being started', async () => {
    const folder = join(data, 'postgres');
    const database = await startPostgres({ folder, log: silentLog, clock: systemClock });
    await down(data, systemClock);
    await database.ended;
  });

  it('leaves no database that was only just being started again when it was asked to end', async () => {
    const stopped: number[] = [];
    const dead = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    let starts = 0;
    const database = async (): Promise<RunningPostgres> => {
      starts += 1;
      const number = starts;
      if (number === 2) {
        asked.resolve();
        await second.promise;
      }
      const ended = number === 1 ? dead.promise : new Promise<void>(() => undefined);
      const stop = async (): Promise<void> => void stopped.push(number);
      return { url: 'postgresql://127.0.0.1', pid: 2 ** 30, adopted: false, ended, stop };
    };
    const options = { dataFolder: data, pid: process.pid, database, clock: systemClock, log: silentLog };
    const supervisor = createSupervisor(options);
    await supervisor.start();
    await supervisor.startDatabase();
    dead.resolve();
    await asked.promise;
    const ending = supervisor.stop().then(() => 'ended');
    expect(await Promise.race([ending, systemClock.sleep(500)])).toBeUndefined();
    second.resolve();
    await ending;
    expect(stopped).toEqual([2]);
  });

  it('cuts the log of a program that is too long to be read as a whole', async () => {
    const logs = join(data, 'logs');
    await mkdir(logs, { recursive: true });
    await using log = await open(join(logs, 'agent.log'), 'w');
    await log.truncate(3 * 1024 ** 3);
    await log.write('the end', 3 * 1024 ** 3);
    await cutLogs(logs, silentLog);
    expect((await log.stat()).size).toBe(0);
    expect((await readFile(join(logs, 'agent.log.1'), 'utf8')).slice(-7)).toBe('the end');
  });

  it('never takes a recycled process id for its own', async () => {
    const own = await describeProcess(process.pid, 'x', '');
    expect(own && (await isRunning(own))).toBe(true);
    expect(own && (await isRunning({ ...own, startedAt: '1' }))).toBe(false);
    expect(own && (await isRunning({ ...own, boot: 'another' }))).toBe(false);
    expect(own && (await isRunning({ ...own, mark: newMark() }))).toBe(false);
  });
});
