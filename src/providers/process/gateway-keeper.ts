import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { ServiceName } from '../../domain/ids.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Context } from '../../ports/provider.ts';
import type { RouteSpec } from '../../ports/traffic.ts';
import { freePort, isFree, isSoonFree, portRanges } from '../../protocol/free-port.ts';
import { gatewayFiles } from '../../protocol/gateway.ts';
import { type KeeperRecord, gatewayName, keeperCommand, keeperName } from '../../protocol/gateway-keeper.ts';
import { endLeftBehind } from '../../protocol/end-left-behind.ts';
import { held, letBegin } from '../../protocol/held-start.ts';
import {
  type ProcessRecord,
  describeProcess,
  isRunning,
  markVariable,
  newMark,
  readRecord,
  recordOrEnd,
  signalAlone,
  signalGroup,
  writeRecord,
} from '../../protocol/process-record.ts';
import { askToClose, lookAtGateway, type SeenGateway } from './gateway-door.ts';
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
const closeWithinMs = 5_000;
const goneWithinMs = 1_000;

/** What `createGatewayTraffic` is handed: sees to it that a gateway runs which listens for all of these services. */
export function createGatewayKeeper(
  options: GatewayKeeperOptions,
): (routes: readonly RouteSpec[], context: Context) => Promise<void> {
  return async (routes, context) => {
    await ensure(routes, options);
    if (await isAnswering(options, context)) return;
    // The keeper that was there may have been dying when it was looked at.
    await ensure(routes, options);
    if (!(await isAnswering(options, context))) throw notStarted(options.dir);
  };
}

/** Starts a keeper with its gateway, unless one is there that does for all of these routes. */
async function ensure(routes: readonly RouteSpec[], options: GatewayKeeperOptions): Promise<void> {
  const { before, isKept } = await keeperOf(options);
  const isLeaving = (await lookAtGateway(join(options.dir, gatewayFiles.socket)))?.phase === 'draining';
  const kept = isKept ? before : null;
  if (kept !== null && !isLeaving && hasAll(kept, routes)) return;
  const makeRoom = async (): Promise<void> => {
    // On a full disk the one that serves now goes on: another could not be recorded, and would be ended.
    if (kept !== null) await writeRecord(join(options.dir, runFolder), kept);
    const leaving = kept === null ? await letGo(options) : await end(kept, options);
    if (leaving?.phase === 'serving') await endStanding(before, options);
  };
  await start(routes, { before: before?.sockets ?? [], makeRoom }, options);
}

/**
 * Of a gateway that has lost its keeper, which may have started it as the last it did: it gives itself another one as soon as it
 * is up, and holds the sockets from the first moment.
 */
const keptAgainWithinMs = 5000;

async function keeperOf({ dir, clock }: GatewayKeeperOptions): Promise<{
  readonly before: KeeperRecord | null;
  readonly isKept: boolean;
}> {
  const deadlineMs = clock.monotonicMs() + keptAgainWithinMs;
  for (;;) {
    const before = await readRecord<KeeperRecord>(join(dir, runFolder), keeperName);
    if (before === null) return { before, isKept: false };
    if (await isRunning(before)) return { before, isKept: true };
    const alone = await lookAtGateway(join(dir, gatewayFiles.socket));
    const isAlone = alone?.phase === 'serving' || (await isListeningAt(before));
    if (!isAlone || clock.monotonicMs() > deadlineMs) return { before, isKept: false };
    await clock.sleep(50);
  }
}

async function isListeningAt({ sockets }: KeeperRecord): Promise<boolean> {
  for (const { port } of sockets) if (!(await isFree(port))) return true;
  return false;
}

const hasAll = ({ sockets }: KeeperRecord, routes: readonly RouteSpec[]): boolean =>
  routes.every(({ service, port }) =>
    sockets.some((socket) => socket.service === service && (port === 0 || port === socket.port)),
  );

type Sockets = KeeperRecord['sockets'];

/** A port that somebody else has is found out before the one that serves now makes room: it goes on then. */
async function start(
  routes: readonly RouteSpec[],
  { before, makeRoom }: { readonly before: Sockets; readonly makeRoom: () => Promise<void> },
  options: GatewayKeeperOptions,
): Promise<void> {
  const bound: Bound[] = [];
  const bind = async (wanted: readonly RouteSpec[]): Promise<void> => {
    for (const route of wanted) {
      const taken = new Set(bound.map(({ socket }) => socket.port));
      bound.push({ service: route.service, socket: await bindAgain(route, before, taken, options.clock) });
    }
  };
  try {
    await bind(routes.filter((route) => !isHeld(route, before)));
    await makeRoom();
    await bind(routes.filter((route) => isHeld(route, before)));
    const { record, child } = await spawnKeeper(bound, options);
    const sockets = bound.map(({ service, socket }) => ({ service, port: socket.port }));
    const kept: KeeperRecord = { ...record, sockets };
    await recordOrEnd(join(options.dir, runFolder), kept);
    letBegin(child);
  } finally {
    for (const { socket } of bound) socket[Symbol.dispose]();
  }
}

/** By the one before, for this service or another. */
const isHeld = (route: RouteSpec, before: Sockets): boolean =>
  before.some(({ service, port }) => (route.port === 0 ? service === route.service : port === route.port));

/** A service keeps the port it was once given, as long as nobody else took it. */
async function bindAgain(
  route: RouteSpec,
  before: Sockets,
  taken: ReadonlySet<number>,
  clock: Clock,
): Promise<ListeningSocket> {
  const { service, port } = route;
  const earlier = before.find((one) => one.service === service)?.port;
  const wanted = port === 0 ? earlier : port;
  if (wanted !== undefined) {
    const canBind = !isHeld(route, before) || (await isSoonFree(wanted, clock));
    if (canBind || port !== 0) return bindSocket(service, wanted);
  }
  return bindSocket(service, await freePort(portRanges.outer, { taken }));
}

interface Bound {
  readonly service: ServiceName;
  readonly socket: ListeningSocket;
}

const firstDescriptor = 3;

async function spawnKeeper(
  bound: readonly Bound[],
  { dir, program, enterNetwork, environment }: GatewayKeeperOptions,
): Promise<{ readonly record: ProcessRecord; readonly child: ChildProcess }> {
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
  const [command = '', ...args] = held(argv);
  const child = spawn(command, args, {
    cwd: dir,
    detached: true,
    env: { ...environment, [markVariable]: mark },
    stdio: ['pipe', log.fd, log.fd, ...bound.map(({ socket }) => socket.fd)],
  });
  child.once('error', () => undefined);
  child.unref();
  leaveListening(bound, child);
  const record = child.pid === undefined ? null : await describeProcess(child.pid, keeperName, mark);
  if (record === null) throw notStarted(dir);
  return { record, child };
}

/** From the first moment: it takes the gateway's start until somebody takes clients from there. */
function leaveListening(bound: readonly Bound[], keeper: ChildProcess): void {
  try {
    for (const { socket } of bound) socket.leaveListening();
  } catch (thrown) {
    // It waits for its word, with the sockets in its hands.
    keeper.stdin?.destroy();
    throw thrown;
  }
}

/**
 * The gateway lets go of its sockets and ends by itself, once what is open has had its time: it is succeeded meanwhile, for
 * everybody else waits until it is. One that does not is ended with its keeper. How it was when it was left.
 */
async function end(record: ProcessRecord, options: GatewayKeeperOptions): Promise<SeenGateway | null> {
  const leaving = await letGo(options);
  if (leaving?.phase === 'draining') {
    await recordLeaving(leaving, options.dir);
    // And not the gateway that it started.
    if (await isRunning(record)) signalAlone(record.pid, 'SIGKILL');
  } else signalGroup(record.pid, 'SIGKILL');
  const deadlineMs = options.clock.monotonicMs() + goneWithinMs;
  // It holds the same sockets until it is gone.
  while ((await isRunning(record)) && options.clock.monotonicMs() < deadlineMs) await options.clock.sleep(5);
  return leaving;
}

/** One that does not close stands still, and keeps its sockets. It may have outlived the keeper that started it. */
async function endStanding(keeper: KeeperRecord | null, { dir, clock }: GatewayKeeperOptions): Promise<void> {
  if (keeper !== null) await endLeftBehind(keeper, 0, clock);
  if ((await lookAtGateway(join(dir, gatewayFiles.socket)))?.phase !== 'serving') return;
  const alone = await readRecord(join(dir, runFolder), gatewayName);
  if (alone !== null && (await isRunning(alone))) signalAlone(alone.pid, 'SIGKILL');
}

/** Whoever ends everything is to find it, too. Where it cannot be written it is gone soon all the same. */
async function recordLeaving({ pid }: SeenGateway, dir: string): Promise<void> {
  const record = pid === null ? null : await describeProcess(pid, gatewayName, '');
  if (record) await writeRecord(join(dir, runFolder), record).catch(() => undefined);
}

/** Asks a gateway to close, until it has let go of its sockets; how it is then, and null when there is none. */
async function letGo({ dir, clock }: GatewayKeeperOptions): Promise<SeenGateway | null> {
  const socketPath = join(dir, gatewayFiles.socket);
  const deadlineMs = clock.monotonicMs() + closeWithinMs;
  let seen = await lookAtGateway(socketPath);
  if (seen?.phase === 'serving') await askToClose(socketPath);
  for (;;) {
    seen = await lookAtGateway(socketPath);
    if (seen?.phase !== 'serving' || clock.monotonicMs() > deadlineMs) return seen;
    await clock.sleep(20);
  }
}

/** Resolves once it does; to false when nobody keeps it any more. Throws unavailable `gateway-not-started`. */
async function isAnswering({ dir, clock }: GatewayKeeperOptions, { signal }: Context): Promise<boolean> {
  const deadlineMs = clock.monotonicMs() + answerWithinMs;
  const keeper = await readRecord(join(dir, runFolder), keeperName);
  while ((await lookAtGateway(join(dir, gatewayFiles.socket)))?.phase !== 'serving') {
    if (keeper === null || !(await isRunning(keeper))) return false;
    if (clock.monotonicMs() > deadlineMs) throw notStarted(dir);
    await clock.sleep(20, signal);
  }
  return true;
}

const notStarted = (dir: string): Failure =>
  new Failure('unavailable', 'gateway-not-started', 'The gateway of this environment did not start.', {
    wayOut: `Its log says why: ${join(dir, logFolder, 'gateway.log')}`,
  });
