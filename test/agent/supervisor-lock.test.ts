import { execFile, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { recordFile, signalAlone, signalGroup } from '../../src/protocol/process-record.ts';
import { runningSupervisor, supervisorName, takeFolder } from '../../src/supervisor/supervisor-lock.ts';

let run: string;
const pids: number[] = [];

beforeEach(async () => {
  run = await mkdtemp(join(tmpdir(), 'rung-lock-'));
  for (let count = 0; count < 3; count += 1) pids.push(spawn('sleep', ['60'], { stdio: 'ignore' }).pid ?? 0);
});
afterEach(async () => {
  for (const pid of pids.splice(0)) signalAlone(pid, 'SIGKILL');
  await rm(run, { recursive: true, force: true });
});

it('gives the data folder to one alone of several that start at once (OPS-6)', async () => {
  for (let round = 0; round < 10; round += 1) {
    const taken = await Promise.allSettled(pids.map((pid) => takeFolder(run, pid, systemClock)));
    const held = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(held).toHaveLength(1);
    expect(pids).toContain((await runningSupervisor(run))?.pid);
    for (const one of held) await one[Symbol.asyncDispose]();
    expect(await runningSupervisor(run)).toBeNull();
  }
});

it('gives it to one alone when another stood still while it looked whether it can have it', async () => {
  const [slow = 0, quick = 0] = pids;
  const record = recordFile(run, supervisorName);
  await promisify(execFile)('mkfifo', [record]);
  const first = takeFolder(run, slow, systemClock);
  const itsLook = await writerOf(record);
  await rename(record, `${record}.aside`);
  const second = await Promise.allSettled([takeFolder(run, quick, systemClock)]);
  await itsLook.close();
  const both = [...second, ...(await Promise.allSettled([first]))];
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

/** Once somebody reads a pipe; who does so stands still until it is closed. */
async function writerOf(pipe: string): Promise<FileHandle> {
  for (;;) {
    const writer = await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => null);
    if (writer !== null) return writer;
    await systemClock.sleep(5);
  }
}

it('gives it to nobody else as long as it is held, and to the next one when whoever held it was killed', async () => {
  const [first = 0, second = 0] = pids;
  await takeFolder(run, first, systemClock);
  await expect(takeFolder(run, second, systemClock)).rejects.toMatchObject({ code: 'already-running' });
  signalAlone(first, 'SIGKILL');
  await expect.poll(() => runningSupervisor(run)).toBeNull();
  await using _held = await takeFolder(run, second, systemClock);
  expect((await runningSupervisor(run))?.pid).toBe(second);
});

it('gives it to nobody else while the first process of a container holds it, which is never signalled as a group', async () => {
  await using _held = await takeFolder(run, 1, systemClock);
  const [other = 0] = pids;
  await expect(takeFolder(run, other, systemClock)).rejects.toMatchObject({ code: 'already-running' });
  expect((await runningSupervisor(run))?.pid).toBe(1);
  // To every process there is; nobody minds this signal.
  expect(signalGroup(1, 'SIGURG')).toBe(false);
});
