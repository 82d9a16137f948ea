import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { agentCommand } from '../../src/providers/process/index.ts';
import { gatewayClient } from '../../src/providers/gateway/index.ts';
import type { InstanceRecord } from '../../src/providers/process/room/messages.ts';
import { roomClient } from '../../src/providers/process/room-client.ts';
import type { Instance } from '../../src/ports/runtime.ts';
import type { GatewayState } from '../../src/protocol/gateway.ts';
import { web } from './rollouts.ts';
import { join } from 'node:path';
import type { Digest, ReleaseId } from '../../src/domain/ids.ts';
import type { Variant } from '../../src/domain/rollout/types.ts';
import { descriptorFile } from '../../src/protocol/descriptor.ts';
import type { DesiredEnvironment } from '../../src/protocol/messages.ts';
import { isRunning, readRecords, signalGroup } from '../../src/protocol/process-record.ts';
import type { EnvironmentName } from '../../src/domain/ids.ts';
import {
  FakeControl,
  type TestAgent,
  listenFor,
  packed,
  patienceMs,
  project,
  serviceSource,
  testAgent,
} from './fake-control.ts';

export interface ServiceHabits {
  readonly errorShare?: number;
  readonly habit?: string;
  readonly smoke?: readonly string[];
  readonly startWithinMs?: number;
  readonly stopWithinMs?: number;
}

/** One environment on one machine: a control plane told what to want, and a real agent, room, gateway and service. */
export class Laptop implements AsyncDisposable {
  readonly folder: string;
  readonly dir: string;
  readonly agent: TestAgent;
  readonly control: FakeControl;
  /** On the host; 0 takes a free one. */
  port = 0;
  #process: ChildProcess | null = null;
  #close: (() => Promise<void>) | null = null;

  private constructor(folder: string, agent: TestAgent) {
    this.folder = folder;
    this.dir = join(folder, 'environments', 'prod');
    this.agent = agent;
    this.control = new FakeControl([agent]);
  }

  static async start(): Promise<Laptop> {
    const laptop = new Laptop(await mkdtemp(join(tmpdir(), 'rung-agent-')), testAgent(1));
    await mkdir(laptop.dir, { recursive: true, mode: 0o700 });
    const { agent, signing } = laptop.agent;
    const hidden = [join(laptop.folder, 'environments')];
    await writeFile(
      join(laptop.dir, 'agent.json'),
      JSON.stringify({ agent, project, signingKey: signing, hidden }),
    );
    await laptop.openControl();
    await laptop.startAgent();
    return laptop;
  }

  async openControl(): Promise<void> {
    const listener = await listenFor(this.control);
    await listener.listen(join(this.dir, 'control.sock'));
    this.#close = () => listener.close();
  }

  async closeControl(): Promise<void> {
    await this.#close?.();
    this.#close = null;
  }

  async startAgent(): Promise<void> {
    await using log = await open(join(this.dir, 'agent.out'), 'a');
    const programs = join(import.meta.dirname, 'programs');
    const place = {
      dir: this.dir,
      hidden: [join(this.folder, 'environments')],
      program: [process.execPath, join(programs, 'room.ts')],
      isolation: 'as far as possible',
      environment: process.env,
      clock: systemClock,
      log: silentLog,
    } as const;
    const [command = '', ...args] = await agentCommand(place, [
      process.execPath,
      join(programs, 'agent.ts'),
      this.dir,
    ]);
    this.#process = spawn(command, args, { stdio: ['ignore', log.fd, log.fd] });
  }

  async killAgent(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  signalAgent(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  async release(version: string, habits: ServiceHabits = {}): Promise<Variant> {
    const descriptor = {
      rung: 1,
      service: 'web',
      run: ['node', 'server.ts', version, String(habits.errorShare ?? 0), habits.habit ?? ''],
      health: {
        path: '/healthz',
        everyMs: 200,
        timeoutMs: 1000,
        startWithinMs: habits.startWithinMs ?? 10_000,
      },
      smoke: habits.smoke ?? null,
      smokeTimeoutMs: 10_000,
      instances: 1,
      stopWithinMs: habits.stopWithinMs ?? 2000,
      probe: null,
    };
    const { digest, bytes } = packed({
      'server.ts': await serviceSource(),
      [descriptorFile]: JSON.stringify(descriptor),
    });
    this.control.artifacts.set(digest, { bytes, environments: new Set([this.agent.environment]) });
    return { release: digest as string as ReleaseId, version, artifact: digest satisfies Digest };
  }

  want(
    wish: Pick<DesiredEnvironment, 'revision' | 'rollout'> & {
      stable: Variant | null;
      candidate: Variant | null;
    },
  ): void {
    const { revision, rollout, stable, candidate } = wish;
    this.control.want({
      project,
      environment: this.agent.environment,
      name: 'prod' as EnvironmentName,
      revision,
      services: [{ service: web, port: this.port, stable, candidate }],
      rollout,
    });
  }

  /** Nothing at all, as when a release no longer brings the service. */
  wantNothing(revision: number): void {
    const { environment } = this.agent;
    this.control.want({
      project,
      environment,
      name: 'prod' as EnvironmentName,
      revision,
      services: [],
      rollout: null,
    });
  }

  seen(isSo: Parameters<FakeControl['seen']>[1]) {
    return this.control.seen(this.agent.environment, isSo);
  }

  /** Of the service, on the host. */
  async address(): Promise<string> {
    const { services } = await this.seen((one) => (one.services[0]?.port ?? 0) > 0);
    return `http://127.0.0.1:${services[0]?.port}/`;
  }

  /** The program that runs the services is stopped, and goes on when this is disposed. */
  async roomStandsStill(): Promise<AsyncDisposable> {
    const client = roomClient(this.dir);
    const { pid } = await client.status();
    await client.close();
    process.kill(pid, 'SIGSTOP');
    return { [Symbol.asyncDispose]: async () => void process.kill(pid, 'SIGCONT') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.killAgent();
    await this.closeControl();
    await this.killAll();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The gateway's own word, as soon as it is so. */
  async gatewaySays(isSo: (state: GatewayState) => boolean): Promise<GatewayState> {
    const client = gatewayClient(join(this.dir, 'gateway.sock'));
    const until = AbortSignal.timeout(patienceMs);
    for (;;) {
      const state = await client.state().catch(() => null);
      if (state && isSo(state)) return state;
      if (until.aborted) throw new Error(`the gateway says ${JSON.stringify(state)}`);
      await systemClock.sleep(20);
    }
  }

  async kill(victim: 'gateway' | 'room' | 'service'): Promise<void> {
    if (victim === 'gateway') {
      const { pid } = await gatewayClient(join(this.dir, 'gateway.sock')).health();
      process.kill(pid, 'SIGKILL');
      return;
    }
    const records = await readRecords(join(this.dir, victim === 'room' ? 'run' : 'instances'));
    const record = records.find(({ name }) => victim === 'service' || name === 'room');
    if (record) process.kill(record.pid, 'SIGKILL');
  }

  /** Room, gateway and services, all at once. */
  async killAll(): Promise<void> {
    for (const folder of ['run', 'instances'])
      for (const record of await readRecords(join(this.dir, folder)))
        if (await isRunning(record)) signalGroup(record.pid, 'SIGKILL');
  }

  /** As the room tells of them. */
  async instanceStates(): Promise<readonly Instance[]> {
    const room = roomClient(this.dir);
    const { workloads } = await room.status();
    await room.close();
    return workloads.flatMap(({ instances }) => instances);
  }

  /** What runs, by artifact. */
  async instances(): Promise<readonly string[]> {
    const records = await readRecords<InstanceRecord>(join(this.dir, 'instances'));
    const running = await Promise.all(
      records.map(async (one) => ((await isRunning(one)) ? [one.spec.artifact] : [])),
    );
    return running.flat();
  }
}
