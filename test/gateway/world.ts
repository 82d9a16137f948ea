import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Digest, ReleaseId, RolloutId, ServiceName } from '../../src/domain/ids.ts';
import type { RouteSpec, Target, WeightSpec } from '../../src/domain/traffic.ts';
import { type Clock, systemClock } from '../../src/engine/clock.ts';
import { bootId } from '../../src/gateway/boot.ts';
import { startGateway } from '../../src/gateway/gateway.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import type { Limits } from '../../src/gateway/limits.ts';
import { gatewayCommand } from '../../src/main/own-programs.ts';
import { gatewayFiles } from '../../src/protocol/gateway.ts';
import { gatewayClient } from '../../src/providers/gateway/index.ts';
import type { GatewayClient } from '../../src/providers/gateway/index.ts';

export const web = 'web' as ServiceName;
export const rollout = '01890000-0000-7000-8000-000000000001' as RolloutId;

export const digest = (text: string): Digest =>
  `sha256:${createHash('sha256').update(text).digest('hex')}` as Digest;

/** Everything opened during a test, closed again in the reverse order. */
export class Cleanup {
  readonly #steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).toReversed()) await step();
  }
}

export interface InstanceServer {
  readonly address: string;
  readonly server: Server;
  readonly seen: IncomingMessage[];
}

/** A real instance of a version, answering by `listener`. */
export async function startInstance(
  cleanup: Cleanup,
  listener: RequestListener | string,
): Promise<InstanceServer> {
  const seen: IncomingMessage[] = [];
  const answer = typeof listener === 'string' ? sayWho(listener) : listener;
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.add(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, server, seen };
}

const sayWho =
  (name: string) =>
  (_request: IncomingMessage, response: ServerResponse): void => {
    response.end(name);
  };

export function target(version: string, ...addresses: string[]): Target {
  return {
    release: digest(`release ${version}`) as string as ReleaseId,
    version,
    artifact: digest(`artifact ${version}`),
    addresses,
  };
}

export function route(of: Partial<RouteSpec>): RouteSpec {
  return { service: web, port: 0, stable: null, candidate: null, drainMs: 1_000, probe: null, ...of };
}

export function weight(of: Partial<WeightSpec>): WeightSpec {
  return { rollout, generation: 1, percent: 100, leaseMs: null, ...of };
}

export async function temporaryFolder(cleanup: Cleanup): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'rung-gateway-'));
  cleanup.add(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export const noLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A gateway in this process, for the data path: no control socket. */
export async function gatewayHere(
  cleanup: Cleanup,
  routes: readonly RouteSpec[],
  limits: Partial<Limits> = {},
  dir?: string,
  clock: Clock = systemClock,
): Promise<{ gateway: Gateway; port: (service?: ServiceName) => number; origin: string }> {
  const gateway = await startGateway({
    dir: dir ?? (await temporaryFolder(cleanup)),
    clock,
    log: noLog,
    listen: { from: 'own' },
    boot: bootId(),
    limits: { closeWithinMs: 200, ...limits },
  });
  await gateway.setRoutes(routes);
  cleanup.add(async () => {
    await gateway.setRoutes(routes.map((one) => ({ ...one, drainMs: 0 }))).catch(() => undefined);
    await gateway.shutdown();
  });
  const port = (service = web): number =>
    gateway.state().routes.find((one) => one.service === service)?.port ?? 0;
  return { gateway, port, origin: `http://127.0.0.1:${port()}` };
}

/** Shared, so that each of the many processes does not compile the same again. */
const compiled = fileURLToPath(new URL('../../node_modules/.cache/rung-compiled', import.meta.url));

export interface GatewayProcess {
  readonly process: ChildProcess;
  readonly client: GatewayClient;
  readonly exited: Promise<unknown>;
}

/** A gateway as it is in real life: a process of its own. Resolves when its control socket answers. */
export async function gatewayProcess(
  cleanup: Cleanup,
  dir: string,
  inherited: Readonly<Record<string, NetServer>> = {},
): Promise<GatewayProcess> {
  const sockets = Object.entries(inherited);
  const flags = sockets.flatMap(([service], at) => ['--socket', `${service}=${at + 3}`]);
  const [program = '', ...args] = gatewayCommand;
  const child = spawn(
    program,
    [...args, '--dir', dir, '--listen', sockets.length === 0 ? 'own' : 'inherited', ...flags],
    {
      env: { ...process.env, NODE_COMPILE_CACHE: compiled },
      stdio: ['ignore', 'pipe', 'inherit', ...sockets.map(([, server]) => descriptorOf(server))],
    },
  );
  // Whoever read its log is gone from the start, as when an agent dies: the gateway must not mind.
  child.stdout?.destroy();
  const exited = once(child, 'exit');
  cleanup.add(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const client = gatewayClient(path.join(dir, gatewayFiles.socket));
  await untilAnswers(client, child);
  return { process: child, client, exited };
}

/** Node takes a listening server's handle for a stdio entry; its types know streams only. */
const descriptorOf = (server: NetServer): number =>
  (server as unknown as { _handle: { fd: number } })._handle.fd;

async function untilAnswers(client: GatewayClient, child: ChildProcess): Promise<void> {
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}`);
    const health = await client.health().catch(() => null);
    return health?.pid === child.pid;
  });
}

/** Looks again until it is so. The test's own time limit is the only one. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await systemClock.sleep(10);
}

export async function bodies(origin: string, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let sent = 0; sent < count; sent += 1) found.push(await (await fetch(origin)).text());
  return found;
}
