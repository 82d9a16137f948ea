import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import type { ServiceName } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import type { RouteSpec } from '../../src/domain/traffic.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { gatewayCommand } from '../../src/main/own-programs.ts';
import { gatewayFiles } from '../../src/protocol/gateway.ts';
import { keeperName } from '../../src/protocol/gateway-keeper.ts';
import { freePort, isSoonFree, portRanges } from '../../src/protocol/free-port.ts';
import {
  isRunning,
  readRecord,
  readRecords,
  signalAlone,
  signalGroup,
} from '../../src/protocol/process-record.ts';
import { createGatewayTraffic, gatewayClient } from '../../src/providers/gateway/index.ts';
import { createGatewayKeeper } from '../../src/providers/process/index.ts';
import { Cleanup, route, startInstance, target, temporaryFolder, until, weight } from '../gateway/world.ts';

const cleanup = new Cleanup();
afterEach(() => cleanup.run());

const context = { signal: new AbortController().signal, log: silentLog };

/** An environment’s gateway with its keeper, and a service that takes upgrades. */
async function environment(program: () => readonly string[] = () => gatewayCommand) {
  const dir = await temporaryFolder(cleanup);
  const { address, server } = await startInstance(cleanup, 'web');
  server.on('upgrade', (_request, socket: Duplex) => {
    cleanup.add(() => socket.destroy());
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n');
    socket.pipe(socket);
  });
  const options = { dir, enterNetwork: () => [], environment: process.env, clock: systemClock };
  const ensureGateway: ReturnType<typeof createGatewayKeeper> = (routes, asked) =>
    createGatewayKeeper({ ...options, program: program() })(routes, asked);
  const traffic = createGatewayTraffic({ dir, clock: systemClock, ensureGateway });
  const routeOf = (named: string): RouteSpec => {
    const [service = '', port = '0'] = named.split(':');
    const stable = target('1', address);
    return route({ service: service as ServiceName, port: Number(port), stable, drainMs: 60_000 });
  };
  cleanup.add(async () => {
    for (const { pid } of await readRecords(join(dir, 'run'))) {
      signalGroup(pid, 'SIGKILL');
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Its group was all of it.
      }
    }
  });
  return {
    run: join(dir, 'run'),
    address,
    client: gatewayClient(join(dir, gatewayFiles.socket)),
    traffic,
    /** Each as `service` or `service:port`. */
    serve: async (...services: string[]) =>
      void (await traffic.apply({ action: 'route', routes: services.map(routeOf) }, context)),
  };
}

async function upgraded(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  cleanup.add(() => socket.destroy());
  socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n');
  await once(socket, 'data');
  return socket;
}

it('serves on at once when a service is added, and lets what is open elsewhere have its time', async () => {
  const { run, client, serve } = await environment();
  await serve('web');
  const before = await client.health();
  const port = (await client.state()).routes[0]?.port ?? 0;
  const open = await upgraded(port);
  await serve('web', 'api');
  expect((await client.health()).pid).not.toBe(before.pid);
  expect((await client.state()).routes.map(({ service }) => service)).toEqual(['web', 'api']);
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('web');
  open.write('still here');
  expect(String((await once(open, 'data'))[0])).toBe('still here');
  const leaving = await readRecord(run, 'gateway');
  expect(leaving?.pid).toBe(before.pid);
  open.destroy();
  await until(async () => leaving !== null && !(await isRunning(leaving)));
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('web');
});

it('listens where no outgoing connection gets in the way of coming back, and there again', async () => {
  const { run, client, serve } = await environment();
  await serve('web');
  const port = (await client.state()).routes[0]?.port ?? 0;
  expect(port).toBeGreaterThanOrEqual(portRanges.outer.first);
  expect(port).toBeLessThanOrEqual(portRanges.outer.last);
  for (const { pid } of await readRecords(run)) signalGroup(pid, 'SIGKILL');
  expect(await isSoonFree(port, systemClock)).toBe(true);
  // What is killed listens a moment longer than it seems to live.
  const dying = createServer().listen(port, '127.0.0.1');
  await once(dying, 'listening');
  const served = serve('web');
  await systemClock.sleep(500);
  dying.close();
  await served;
  expect((await client.state()).routes[0]?.port).toBe(port);
});

it('gives a gateway that was asked to close a successor, without waiting for what is open there', async () => {
  const { client, serve } = await environment();
  await serve('web');
  const before = await client.health();
  const port = (await client.state()).routes[0]?.port ?? 0;
  await upgraded(port);
  await client.shutdown();
  await serve('web');
  expect((await client.health()).pid).not.toBe(before.pid);
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('web');
});

it('hears of changes from a successor while the one before lets what is open end', async () => {
  const { client, traffic, serve } = await environment();
  await serve('web');
  let told = 0;
  using _listening = traffic.onChange(() => {
    told += 1;
  });
  await until(() => told > 0);
  const { routes } = await client.state();
  const open = await upgraded(routes[0]?.port ?? 0);
  await serve('web', 'api');
  // What it tells of its own end comes within moments.
  await systemClock.sleep(300);
  told = 0;
  await client.weigh(weight({}));
  await until(() => told > 0);
  open.write('still there');
  expect(String((await once(open, 'data'))[0])).toBe('still there');
});

it('leaves the gateway that serves alone when a port that a service is to have is taken', async () => {
  const { address, client, serve } = await environment();
  await serve('web');
  const before = await client.health();
  const port = (await client.state()).routes[0]?.port ?? 0;
  const taken = `api:${address.split(':')[1]}`;
  await expect(serve('web', taken)).rejects.toMatchObject({ code: 'port-taken' });
  expect((await client.health()).pid).toBe(before.pid);
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('web');
});

it('lets clients wait while a successor starts, and refuses none of them (OPS-6)', async () => {
  let program: readonly string[] = gatewayCommand;
  const { run, client, serve } = await environment(() => program);
  await serve('web');
  const port = (await client.state()).routes[0]?.port ?? 0;
  const before = await readRecord(run, keeperName);
  program = ['sh', '-c', 'sleep 1; exec "$@"', 'slowly', ...gatewayCommand];
  const served = serve('web', 'api');
  await until(async () => (await readRecord(run, keeperName))?.pid !== before?.pid);
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('web');
  await served;
});

it('gives a port to one alone of two that want it at the same moment, and tells the other', async () => {
  const port = await freePort(portRanges.outer);
  const both = [await environment(), await environment()];
  const served = await Promise.allSettled(both.map(({ serve }) => serve(`web:${port}`)));
  expect(served.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = served.find((one) => one.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'port-taken' });
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('web');
});

it.each([
  ['that has had another keeper before', 'first'],
  ['whose keeper is gone, too', 'meanwhile'],
] as const)('succeeds a gateway that stands still, %s (OPS-6)', async (_what, killed) => {
  const { run, client, serve } = await environment();
  await serve('web');
  const port = (await client.state()).routes[0]?.port ?? 0;
  const { pid } = await client.health();
  const first = await readRecord(run, keeperName);
  if (killed === 'meanwhile') signalAlone(pid, 'SIGSTOP');
  signalAlone(first?.pid ?? 0, 'SIGKILL');
  if (killed === 'first') {
    await until(async () => (await readRecord(run, keeperName))?.pid !== first?.pid);
    signalAlone(pid, 'SIGSTOP');
  }
  await serve('web', 'api');
  expect((await client.health()).pid).not.toBe(pid);
  expect((await client.state()).routes[0]?.port).toBe(port);
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('web');
});
