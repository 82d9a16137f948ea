import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Digest, EnvironmentId, ServiceName } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import {
  describeProcess,
  isRunning,
  readRecord,
  readRecords,
  signalGroup,
} from '../../src/protocol/process-record.ts';
import { createProcessRuntime, type ProcessRuntime } from '../../src/providers/process/index.ts';
import { logCapBytes } from '../../src/providers/process/room/log-files.ts';
import { type RuntimeUnderTest, runtimeConformance } from './runtime.ts';

const runtimeIn = (dir: string, isolation: 'as far as possible' | 'none'): Promise<ProcessRuntime> =>
  createProcessRuntime({
    dir,
    hidden: [],
    program: [process.execPath, join(import.meta.dirname, '../agent/programs/room.ts')],
    isolation,
    environment: process.env,
    clock: systemClock,
    log: silentLog,
  });

async function processRuntime(isolation: 'as far as possible' | 'none') {
  const dir = await mkdtemp(join(tmpdir(), 'rung-runtime-'));
  const artifactFolder = join(dir, 'artifact');
  await mkdir(artifactFolder);
  await cp(join(import.meta.dirname, '../agent/services'), artifactFolder, { recursive: true });
  const runtime = await runtimeIn(dir, isolation);
  return {
    dir,
    runtime,
    artifactFolder,
    crash: (pid: number) => void process.kill(pid, 'SIGKILL'),
    [Symbol.asyncDispose]: async () => {
      await runtime[Symbol.asyncDispose]();
      for (const folder of ['run', 'instances'])
        for (const record of await readRecords(join(dir, folder)))
          if (await isRunning(record)) signalGroup(record.pid, 'SIGKILL');
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  } satisfies RuntimeUnderTest & { readonly dir: string };
}

runtimeConformance('processes, kept apart as far as possible', () => processRuntime('as far as possible'));
runtimeConformance('processes that nothing keeps apart', () => processRuntime('none'));

describe('processes as a runtime', () => {
  const context = { signal: new AbortController().signal, log: silentLog };
  const spec = (folder: string, habit: string) => ({
    environment: 'e' as EnvironmentId,
    service: 'web' as ServiceName,
    version: '1.0.0',
    artifact: `sha256:${'1'.repeat(64)}` as Digest,
    folder,
    descriptor: {
      rung: 1 as const,
      service: 'web',
      run: ['node', 'answering.ts', '1.0.0', '0', habit],
      health: { path: '/healthz', everyMs: 100, timeoutMs: 5000, startWithinMs: 20_000 },
      smoke: null,
      smokeTimeoutMs: 1000,
      instances: 1,
      stopWithinMs: 200,
      probe: null,
    },
  });

  it('cuts the log of a service that floods it, and keeps its end', async () => {
    await using tested = await processRuntime('none');
    await tested.runtime.apply({ action: 'start', spec: spec(tested.artifactFolder, 'floods') }, context);
    const logs = join(tested.dir, 'logs');
    const sizes = async () =>
      Promise.all(
        (await readdir(logs))
          .filter((name) => name.startsWith('web-'))
          .map(async (name) => (await stat(join(logs, name))).size),
      );
    await expect.poll(async () => (await readdir(logs)).some((name) => name.endsWith('.log.1'))).toBe(true);
    // Beyond the cap lies what it writes while it is being cut; never many times as much.
    expect(Math.max(...(await sizes()))).toBeLessThan(20 * logCapBytes);
    await tested.runtime.remove(context);
  });

  it('is found again when the socket of its room is not that room’s any more, and lets its services run on', async () => {
    await using tested = await processRuntime('none');
    const { dir } = tested;
    await tested.runtime.apply({ action: 'start', spec: spec(tested.artifactFolder, '') }, context);
    const pid = async (runtime = tested.runtime) => {
      const seen = await runtime.observe(context).catch(() => null);
      return (seen?.state === 'present' && seen.value[0]?.instances[0]?.pid) || null;
    };
    await expect.poll(() => pid(), { timeout: 10_000 }).not.toBeNull();
    const before = await pid();
    await tested.runtime[Symbol.asyncDispose]();
    // Of one that was started at the same moment, and has died.
    const socket = join(dir, 'room.sock');
    await rm(socket);
    const left = "require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 9))";
    await promisify(execFile)(process.execPath, ['-e', left, socket]).catch(() => undefined);
    await using again = await runtimeIn(dir, 'none');
    await expect.poll(() => pid(again), { timeout: 10_000 }).toBe(before);
    await again.remove(context);
  });

  it.each(['at once', 'while the room is away'])(
    'ends what an instance that was killed leaves behind, %s, and serves again (OPS-6)',
    async (when) => {
      await using tested = await processRuntime('none');
      const { runtime, dir } = tested;
      const wanted = spec(tested.artifactFolder, '');
      const run = ['sh', '-c', 'node answering.ts 1.0.0 & echo $! > server; wait'];
      const parted = { ...wanted, descriptor: { ...wanted.descriptor, run } };
      await runtime.apply({ action: 'start', spec: parted }, context);
      const healthy = async () => {
        const seen = await runtime.observe(context).catch(() => null);
        const instance = seen?.state === 'present' ? seen.value[0]?.instances[0] : undefined;
        return instance?.state.phase === 'healthy' ? instance.pid : null;
      };
      await expect.poll(healthy, { timeout: 20_000 }).not.toBeNull();
      const before = await healthy();
      const server = async () => Number(await readFile(join(tested.artifactFolder, 'server'), 'utf8'));
      const left = await describeProcess(await server(), 'server', '');
      const room = await readRecord(join(dir, 'run'), 'room');
      if (when !== 'at once') signalGroup(room?.pid ?? 0, 'SIGKILL');
      tested.crash(before ?? 0);
      await expect.poll(async () => left === null || !(await isRunning(left)), { timeout: 5000 }).toBe(true);
      await expect.poll(async () => (await healthy()) ?? before, { timeout: 20_000 }).not.toBe(before);
      await runtime.remove(context);
    },
  );

  it('does not start what is not the artifact any more, and says so (REL-14)', async () => {
    await using tested = await processRuntime('none');
    await writeFile(join(tested.artifactFolder, 'changed'), '');
    await tested.runtime.apply({ action: 'start', spec: spec(tested.artifactFolder, '') }, context);
    const trouble = async () => {
      const seen = await tested.runtime.observe(context);
      return seen.state === 'present' ? seen.value[0]?.instances[0]?.trouble?.code : undefined;
    };
    await expect.poll(trouble).toBe('artifact-changed');
    await tested.runtime.remove(context);
  });
});
