import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { ServiceName } from '../../domain/ids.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Context } from '../../ports/provider.ts';
import type { RouteSpec } from '../../ports/traffic.ts';
import { gatewayFiles } from '../../protocol/gateway.ts';
import { type KeeperRecord, keeperCommand, keeperName } from '../../protocol/gateway-keeper.ts';
import {
  type ProcessRecord,
  describeProcess,
  isRunning,
  markVariable,
  newMark,
  readRecord,
  recordOrEnd,
  signalGroup,
  writeRecord,
} from '../../protocol/process-record.ts';
import { withoutPrivileges } from './isolation/commands.ts';
import { type ListeningSocket, bindSocket } from './listening-sockets.ts';
import { logFolder, runFolder } from './room/messages.ts';

export interface GatewayKeeperOptions {
  readonly dir: string;
  /** The gateway's program; `--dir`, `--listen` and `--socket` are added. */
  readonly program: readonly string[];
  /** Puts a command into the environment's network; see `ProcessRuntime.enterNetwork`. */
  readonly enterNetwork: () => readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

const answerWithinMs = 10_000;
const closeWithinMs = 15_000;

/** What `createGatewayTraffic` is handed: sees to it that a gateway runs which listens for all of these services. */
export function createGatewayKeeper(
  options: GatewayKeeperOptions,
): (routes: readonly RouteSpec[], context: Context) => Promise<void> {
  return async (routes, context) => {
    const { before, isKept } = await keeperOf(options);
    if (before === null || !isKept || !hasAll(before, routes)) {
      if (before !== null && isKept) {
        // On a full disk the one that serves now goes on: another could not be recorded, and would be ended.
        await writeRecord(join(options.dir, runFolder), before);
        await end(before, options);
      } else await closeGateway(options);
      await start(routes, before?.sockets ?? [], options);
    }
    await answering(options, context);
  };
}

/** Of a gateway that answers and has lost its keeper: it gives itself another one. */
const keptAgainWithinMs = 2000;

async function keeperOf({ dir, clock }: GatewayKeeperOptions): Promise<{
  readonly before: KeeperRecord | null;
  readonly isKept: boolean;
}> {
  const deadlineMs = clock.monotonicMs() + keptAgainWithinMs;
  for (;;) {
    const before = await readRecord<KeeperRecord>(join(dir, runFolder), keeperName);
    if (before === null) return { before, isKept: false };
    if (await isRunning(before)) return { before, isKept: true };
    const isAlone = await isAnswered(join(dir, gatewayFiles.socket));
    if (!isAlone || clock.monotonicMs() > deadlineMs) return { before, isKept: false };
    await clock.sleep(50);
  }
}

const hasAll = ({ sockets }: KeeperRecord, routes: readonly RouteSpec[]): boolean =>
  routes.every(({ service, port }) =>
    sockets.some((socket) => socket.service === service && (port === 0 || port === socket.port)),
  );

async function start(
  routes: readonly RouteSpec[],
  before: KeeperRecord['sockets'],
  options: GatewayKeeperOptions,
): Promise<void> {
  const bound: { readonly service: ServiceName; readonly socket: ListeningSocket }[] = [];
  try {
    for (const { service, port } of routes) bound.push({ service, socket: bindAgain(service, port, before) });
    const record = await spawnKeeper(bound, options);
    const sockets = bound.map(({ service, socket }) => ({ service, port: socket.port }));
    const kept: KeeperRecord = { ...record, sockets };
    await recordOrEnd(join(options.dir, runFolder), kept);
  } finally {
    for (const { socket } of bound) socket[Symbol.dispose]();
  }
}

/** A service keeps the port it was once given, as long as nobody else took it. */
function bindAgain(service: ServiceName, port: number, before: KeeperRecord['sockets']): ListeningSocket {
  const earlier = before.find((one) => one.service === service)?.port ?? 0;
  if (port !== 0 || earlier === 0) return bindSocket(service, port);
  try {
    return bindSocket(service, earlier);
  } catch {
    return bindSocket(service, 0);
  }
}

const firstDescriptor = 3;

async function spawnKeeper(
  bound: readonly { readonly service: ServiceName; readonly socket: ListeningSocket }[],
  { dir, program, enterNetwork, environment }: GatewayKeeperOptions,
): Promise<ProcessRecord> {
  const folders = [logFolder, runFolder].map((name) => join(dir, name));
  await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
  const enter = enterNetwork();
  const sockets = bound.flatMap(({ service }, index) => [
    '--socket',
    `${service}=${firstDescriptor + index}`,
  ]);
  const gateway = [...program, '--dir', dir, '--listen', 'inherited', '--kept', ...sockets];
  const argv = [...enter, ...(enter.length > 0 ? withoutPrivileges : []), ...keeperCommand(gateway)];
  const mark = newMark();
  await using log = await open(join(dir, logFolder, 'gateway.log'), 'a', 0o600);
  const [command = '', ...args] = argv;
  const child = spawn(command, args, {
    cwd: dir,
    detached: true,
    env: { ...environment, [markVariable]: mark },
    stdio: ['ignore', log.fd, log.fd, ...bound.map(({ socket }) => socket.fd)],
  });
  child.once('error', () => undefined);
  child.unref();
  const record = child.pid === undefined ? null : await describeProcess(child.pid, keeperName, mark);
  if (record === null) throw notStarted(dir);
  return record;
}

/** The gateway is asked to close first, so that what is open can end; only then is its keeper gone, too. */
async function end(record: ProcessRecord, options: GatewayKeeperOptions): Promise<void> {
  await closeGateway(options);
  signalGroup(record.pid, 'SIGKILL');
}

/** Asks a gateway to close, and waits for it; nothing happens when there is none. */
async function closeGateway({ dir, clock }: GatewayKeeperOptions): Promise<void> {
  const socketPath = join(dir, gatewayFiles.socket);
  if (!(await isAnswered(socketPath))) return;
  await askToClose(socketPath);
  const deadlineMs = clock.monotonicMs() + closeWithinMs;
  while ((await isAnswered(socketPath)) && clock.monotonicMs() < deadlineMs) await clock.sleep(20);
}

const askToClose = (socketPath: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(socketPath, () =>
      socket.end(
        'POST /shutdown HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}',
      ),
    );
    socket.resume();
    socket.once('error', () => resolve());
    socket.once('close', () => resolve());
  });

async function answering({ dir, clock }: GatewayKeeperOptions, { signal }: Context): Promise<void> {
  const deadlineMs = clock.monotonicMs() + answerWithinMs;
  while (!(await isAnswered(join(dir, gatewayFiles.socket)))) {
    if (clock.monotonicMs() > deadlineMs) throw notStarted(dir);
    await clock.sleep(20, signal);
  }
}

const isAnswered = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const notStarted = (dir: string): Failure =>
  new Failure('unavailable', 'gateway-not-started', 'The gateway of this environment did not start.', {
    wayOut: `Its log says why: ${join(dir, logFolder, 'gateway.log')}`,
  });
