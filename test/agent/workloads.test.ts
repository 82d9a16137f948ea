import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Digest, EnvironmentId, ServiceName } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { openLogFiles } from '../../src/providers/process/room/log-files.ts';
import type { RoomContext } from '../../src/providers/process/room/instance.ts';
import { signalGroup } from '../../src/protocol/process-record.ts';
import { Workloads } from '../../src/providers/process/room/workloads.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rung-workloads-'));
});
afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

async function room(): Promise<RoomContext & Disposable> {
  const instances = join(dir, 'instances');
  await mkdir(instances);
  const logs = await openLogFiles(dir, () => undefined);
  return {
    dir,
    instances,
    nodePath: process.execPath,
    prefix: [],
    environment: process.env,
    clock: systemClock,
    log: silentLog,
    logs,
    verify: async () => undefined,
    takenPorts: new Set(),
    onChange: () => undefined,
    [Symbol.dispose]: () => logs[Symbol.dispose](),
  };
}

const spec = (instances: number) => ({
  environment: 'e' as EnvironmentId,
  service: 'web' as ServiceName,
  version: '1.0.0',
  artifact: `sha256:${'1'.repeat(64)}` as Digest,
  folder: dir,
  descriptor: {
    rung: 1 as const,
    service: 'web',
    run: ['sleep', '60'],
    health: { path: '/healthz', everyMs: 100, timeoutMs: 1000, startWithinMs: 20_000 },
    smoke: null,
    smokeTimeoutMs: 1000,
    instances,
    stopWithinMs: 200,
    probe: null,
  },
});

it('runs no more of a workload than is desired when it is asked for twice at once', async () => {
  using its = await room();
  const workloads = await Workloads.findAgain(its);
  await Promise.all([workloads.start(spec(2)), workloads.start(spec(2))]);
  expect(workloads.status()[0]?.instances).toHaveLength(2);
  await workloads.stopAll();
  expect(its.takenPorts.size).toBe(0);
});

it('runs nothing of a workload that is stopped before it was all started', async () => {
  using its = await room();
  const workloads = await Workloads.findAgain(its);
  const started = workloads.start(spec(5));
  await workloads.stopAll();
  await started;
  expect(workloads.status()).toEqual([]);
  // Each instance has a port, whether it is told of or not.
  expect(its.takenPorts.size).toBe(0);
});

/** Until it is disposed: each thread that works on files opens a pipe into which nobody writes. */
async function diskThatStandsStill(): Promise<AsyncDisposable> {
  const pipe = join(dir, 'pipe');
  await promisify(execFile)('mkfifo', [pipe]);
  const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
  const waiting = Array.from({ length: threads }, () => open(pipe, 'r'));
  return {
    [Symbol.asyncDispose]: async () => {
      const writer = openSync(pipe, constants.O_RDWR);
      for (const one of await Promise.all(waiting)) await one.close();
      closeSync(writer);
    },
  };
}

it('tells at once that an instance has ended, though the disk stands still (OPS-6)', async () => {
  using its = await room();
  const told: unknown[] = [];
  const workloads: Workloads = await Workloads.findAgain({
    ...its,
    logs: { ...its.logs, tail: async () => '' },
    onChange: () => told.push(instance()?.state.phase),
  });
  const instance = () => workloads.status()[0]?.instances[0];
  await workloads.start(spec(1));
  await expect.poll(() => instance()?.pid).toBeTypeOf('number');
  {
    await using _still = await diskThatStandsStill();
    told.length = 0;
    signalGroup(instance()?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => told).toEqual(['exited']);
    expect(instance()).toMatchObject({ pid: null, exits: 1 });
  }
  await workloads.stopAll();
});

it('says of a service that a full disk keeps from starting that the disk is full, and not that its command is wrong', async () => {
  using its = await room();
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const workloads = await Workloads.findAgain({ ...its, verify: () => Promise.reject(full) });
  await workloads.start(spec(1));
  await expect
    .poll(() => workloads.status()[0]?.instances[0]?.trouble)
    .toEqual({
      code: 'disk-full',
      message: 'web could not be started: the disk is full.',
      wayOut: 'Free some space; it is started again by itself.',
    });
  await workloads.stopAll();
});
