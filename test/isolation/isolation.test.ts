import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Digest, EnvironmentId, ServiceName } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { WorkloadSpec } from '../../src/ports/runtime.ts';
import { isRunning, readRecords, signalGroup } from '../../src/protocol/process-record.ts';
import { canIsolate } from '../../src/providers/process/isolation/commands.ts';
import { type ProcessRuntime, createProcessRuntime } from '../../src/providers/process/index.ts';

const data = await mkdtemp(join(tmpdir(), 'rung-isolation-'));
const environments = join(data, 'environments');
const secrets = join(data, 'control');
const isPossible = await canIsolate(data);
const context = { signal: new AbortController().signal, log: silentLog };
const runtimes: ProcessRuntime[] = [];

async function open(name: string, isolation: 'as far as possible' | 'none'): Promise<ProcessRuntime> {
  const dir = join(environments, name);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'agent.key'), `the key of ${name}`, { mode: 0o600 });
  const runtime = await createProcessRuntime({
    dir,
    hidden: [environments, secrets],
    program: [process.execPath, join(import.meta.dirname, '../agent/programs/room.ts')],
    isolation,
    environment: { PATH: process.env['PATH'], SECRET_OF_OURS: 'shown' },
    clock: systemClock,
    log: silentLog,
  });
  runtimes.push(runtime);
  return runtime;
}

function spec(smoke: string): WorkloadSpec {
  return {
    environment: 'e' as EnvironmentId,
    service: 'web' as ServiceName,
    version: '1.0.0',
    artifact: `sha256:${'0'.repeat(64)}` as Digest,
    folder: join(import.meta.dirname, '../agent/services'),
    descriptor: {
      rung: 1,
      service: 'web',
      run: ['node', 'answering.ts', '1.0.0'],
      health: { path: '/healthz', everyMs: 200, timeoutMs: 1000, startWithinMs: 20_000 },
      smoke: ['node', '-e', smoke],
      smokeTimeoutMs: 10_000,
      instances: 1,
      stopWithinMs: 500,
      probe: null,
    },
  };
}

/** Runs a script as a service of the environment would run, and gives what it printed. */
async function within(runtime: ProcessRuntime, script: string, address = '127.0.0.1:1'): Promise<string> {
  const instance = {
    id: 'x',
    address,
    pid: null,
    state: { phase: 'healthy' },
    exits: 0,
    failedProbes: 0,
  } as const;
  return (await runtime.smoke(spec(script), instance, context)).outputTail.trim();
}

const reach = `fetch(process.env.RUNG_SMOKE_URL).then(() => console.log('reached'), () => console.log('refused'))`;
const read = (file: string) =>
  `try { console.log(require('fs').readFileSync(${JSON.stringify(file)}, 'utf8')) } catch (e) { console.log(e.code) }`;

async function runningAddress(runtime: ProcessRuntime): Promise<string> {
  for (const change of runtime.plan([spec('')], await runtime.observe(context)))
    await runtime.apply(change, context);
  for (;;) {
    const seen = await runtime.observe(context);
    const instance = seen.state === 'present' ? seen.value[0]?.instances[0] : undefined;
    if (instance?.state.phase === 'healthy') return instance.address;
    await systemClock.sleep(30);
  }
}

afterAll(async () => {
  await Promise.all(runtimes.map((runtime) => runtime[Symbol.asyncDispose]()));
  for (const name of ['dev', 'prod', 'open'])
    for (const folder of ['run', 'instances'])
      for (const record of await readRecords(join(environments, name, folder)))
        if (await isRunning(record)) signalGroup(record.pid, 'SIGKILL');
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
});

describe.skipIf(!isPossible)(
  'environments on one machine, where the system can keep them apart (LIF-1)',
  () => {
    let dev: ProcessRuntime;
    let prod: ProcessRuntime;
    let prodAddress: string;

    beforeAll(async () => {
      await mkdir(secrets, { recursive: true });
      await writeFile(join(secrets, 'signing.key'), 'the control plane’s own');
      dev = await open('dev', 'as far as possible');
      prod = await open('prod', 'as far as possible');
      prodAddress = await runningAddress(prod);
    });

    it('lets prod reach its own service, and dev not', async () => {
      expect(await within(prod, reach, prodAddress)).toBe('reached');
      expect(await within(dev, reach, prodAddress)).toBe('refused');
    });

    it('lets nothing of an environment reach what listens on the host', async () => {
      const server = createServer((_request, response) => response.end());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      expect(await within(dev, reach, `127.0.0.1:${port}`)).toBe('refused');
      server.close();
    });

    it('shows prod its own key, and dev neither that nor the control plane’s', async () => {
      const key = join(environments, 'prod', 'agent.key');
      expect(await within(prod, read(key))).toBe('the key of prod');
      expect(await within(dev, read(key))).toBe('ENOENT');
      expect(await within(dev, read(join(secrets, 'signing.key')))).toBe('ENOENT');
    });

    it('does not let dev take the cover away, or look through prod’s processes', async () => {
      const run = (command: string) =>
        `console.log(require('child_process').spawnSync('sh', ['-c', ${JSON.stringify(command)}]).status !== 0)`;
      expect(await within(dev, run(`umount ${environments}`))).toBe('true');
      expect(await within(dev, run(`unshare -Urm umount ${environments}`))).toBe('true');
      const [record] = await readRecords(join(environments, 'prod', 'instances'));
      expect(await within(dev, read(`/proc/${record?.pid}/environ`))).toMatch(/EACCES|EPERM/);
      expect(await within(dev, read(`/proc/${record?.pid}/root${environments}/prod/agent.key`))).toMatch(
        /EACCES|EPERM/,
      );
    });

    it('gives a service nothing of our own environment', async () => {
      expect(await within(dev, 'console.log(process.env.SECRET_OF_OURS ?? "nothing")')).toBe('nothing');
    });
  },
);

describe('environments on one machine, where nothing keeps them apart', () => {
  it('says so plainly', async () => {
    const runtime = await open('open', 'none');
    expect(runtime.isolation()).toEqual({
      level: 'none',
      detail: 'no isolation: any process here can read any environment’s key',
    });
    expect(runtime.enterNetwork()).toEqual([]);
  });
});
