import { execFileSync, fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { route, target, temporaryFolder, until, weight, gatewayProcess } from '../../gateway/world.ts';
import type { Cleanup } from '../../gateway/world.ts';
import type { GatewayClient } from '../../../src/providers/gateway/index.ts';
import type { Answered, Load } from './load.ts';

/** The proxy under measurement has one processor to itself; who asks and who answers share the other. */
const processor = { ofProxy: '0', ofOthers: '1' };

export interface Proxy {
  readonly port: number;
  readonly pid: number;
}

/** Linux with two processors and `taskset`; elsewhere everything runs where it will. */
export function pin(pid: number, whose: keyof typeof processor): void {
  try {
    execFileSync('taskset', ['-acp', processor[whose], String(pid)], { stdio: 'ignore' });
  } catch {
    process.stdout.write('Not pinned to one processor: taskset did not do it.\n');
  }
}

/** Processor seconds of a process so far, over all its threads. Linux only. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Whether a program can be started; `null` where it cannot, after its name was said. */
export function isThere(program: string): boolean {
  try {
    execFileSync(program, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stdout.write(
      `${program} is not installed (apt-get install ${program}); nothing is compared with it.\n`,
    );
    return false;
  }
}

function program(cleanup: Cleanup, name: string): ChildProcess {
  const child = fork(fileURLToPath(new URL(name, import.meta.url)));
  cleanup.add(() => child.kill());
  if (child.pid !== undefined) pin(child.pid, 'ofOthers');
  return child;
}

export interface Instance {
  readonly port: number;
  kill(): void;
}

export async function instance(cleanup: Cleanup): Promise<Instance> {
  const child = program(cleanup, 'instance.ts');
  const [port] = (await once(child, 'message')) as [number];
  return { port, kill: () => void child.kill('SIGKILL') };
}

/** Puts load on a port, and says how it was answered. `enough` ends it before its time. */
export type Ask = (load: Load, enough?: AbortSignal) => Promise<Answered>;

/** In a process of its own. */
export function generator(cleanup: Cleanup): Ask {
  const child = program(cleanup, 'generator.ts');
  return async (load, enough) => {
    const said = once(child, 'message') as Promise<[Answered]>;
    enough?.addEventListener('abort', () => child.send('enough'));
    child.send(load);
    return (await said)[0];
  };
}

/** Our gateway, with the first instance as the stable version and the second as the candidate. */
export async function ourGateway(
  cleanup: Cleanup,
  [old, fresh]: readonly [Instance, Instance],
  percent: number,
): Promise<Proxy & { readonly client: GatewayClient }> {
  const { client, process: gateway } = await gatewayProcess(cleanup, await temporaryFolder(cleanup));
  const versions = {
    stable: target('1', `127.0.0.1:${old.port}`),
    candidate: target('2', `127.0.0.1:${fresh.port}`),
  };
  await client.setRoutes([route(versions)]);
  await client.weigh(weight({ percent }));
  const pid = gateway.pid ?? 0;
  pin(pid, 'ofProxy');
  return { port: (await client.state()).routes[0]?.port ?? 0, pid, client };
}

/** HAProxy with one thread and the same split by the request. */
export async function haproxy(
  cleanup: Cleanup,
  [old, fresh]: readonly [Instance, Instance],
  percent: number,
): Promise<Proxy> {
  const port = await freePort();
  const file = path.join(await temporaryFolder(cleanup), 'haproxy.cfg');
  await writeFile(file, configuration(port, old.port, fresh.port, percent), { mode: 0o600 });
  const child = spawn('haproxy', ['-db', '-q', '-f', file], { stdio: ['ignore', 'inherit', 'inherit'] });
  cleanup.add(() => child.kill());
  await until(() => accepts(port));
  const pid = child.pid ?? 0;
  pin(pid, 'ofProxy');
  return { port, pid };
}

const configuration = (port: number, old: number, fresh: number, percent: number): string => `
global
  nbthread 1
  maxconn 1000
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend web
  bind 127.0.0.1:${port}
  use_backend fresh if { rand(100) lt ${percent} }
  default_backend old
backend old
  server old 127.0.0.1:${old}
backend fresh
  server fresh 127.0.0.1:${fresh}
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
