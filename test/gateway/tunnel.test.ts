import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createVirtualClock, someMoment } from '../../src/engine/virtual-clock.ts';
import { Cleanup, digest, gatewayHere, route, startInstance, target, until, web, weight } from './world.ts';

const cleanup = new Cleanup();
afterEach(() => cleanup.run());

async function echoSockets(): Promise<{ address: string; sockets: WebSocketServer }> {
  const { address, server } = await startInstance(cleanup, 'plain');
  const sockets = new WebSocketServer({ server, perMessageDeflate: true });
  cleanup.add(() => {
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  });
  sockets.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  return { address, sockets };
}

async function open(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`);
  socket.on('error', () => undefined);
  cleanup.add(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}

/** Whether an echo still comes back, and no end before it. */
async function answers(socket: WebSocket): Promise<boolean> {
  const ended = once(socket, 'close').then(() => false);
  const echoed = once(socket, 'message').then(() => true);
  socket.send('still here');
  return Promise.race([echoed, ended]);
}

describe('a WebSocket', () => {
  it('passes messages both ways and counts once, at its upgrade', async () => {
    const { address } = await echoSockets();
    const { gateway, port } = await gatewayHere(cleanup, [route({ stable: target('1', address) })]);
    const socket = await open(port());
    const large = Buffer.alloc(1_000_000, 'rung');
    socket.send(large);
    const [echo] = (await once(socket, 'message')) as [Buffer];
    expect(echo.equals(large)).toBe(true);
    expect(gateway.counters().services[web]?.variants[digest('artifact 1')]).toMatchObject({
      requests: 1,
      errors: 0,
    });
    expect(gateway.state().routes[0]?.openConnections).toEqual({ stable: 1, candidate: 0 });
  });

  it('is closed with 1001 once its version was drained for long enough (REL-9)', async () => {
    const [old, fresh] = [await echoSockets(), await echoSockets()];
    const clock = createVirtualClock(someMoment);
    const versions = { stable: target('1', old.address), candidate: target('2', fresh.address) };
    const { gateway, port } = await gatewayHere(
      cleanup,
      [route({ ...versions, drainMs: 100 })],
      {},
      undefined,
      clock,
    );
    await gateway.weigh(weight({ percent: 100 }));
    const socket = await open(port());
    const [instanceSide] = [...fresh.sockets.clients];
    const instanceClosed = instanceSide === undefined ? null : once(instanceSide, 'close');
    await gateway.takeBack({ ...weight({}), reason: 'errors' });
    socket.send('still here');
    const [echo] = (await once(socket, 'message')) as [Buffer];
    expect(echo.toString()).toBe('still here');
    const closed = once(socket, 'close');
    await clock.advance(100);
    const [code] = (await closed) as [number];
    expect(code).toBe(1001);
    expect((await instanceClosed)?.[0]).toBe(1001);
    await until(() => gateway.state().routes[0]?.openConnections.candidate === 0);
  });

  it('gets the same time when its service goes altogether', async () => {
    const { address } = await echoSockets();
    const clock = createVirtualClock(someMoment);
    const routes = [route({ stable: target('1', address), drainMs: 100 })];
    const { gateway, port } = await gatewayHere(cleanup, routes, {}, undefined, clock);
    const socket = await open(port());
    await gateway.setRoutes([]);
    socket.send('still here');
    const [echo] = (await once(socket, 'message')) as [Buffer];
    expect(echo.toString()).toBe('still here');
    const closed = once(socket, 'close');
    await clock.advance(100);
    const [code] = (await closed) as [number];
    expect(code).toBe(1001);
  });

  it('stays open when its version gets requests again before it was drained', async () => {
    const [old, fresh] = [await echoSockets(), await echoSockets()];
    const clock = createVirtualClock(someMoment);
    const versions = { stable: target('1', old.address), candidate: target('2', fresh.address) };
    const routes = [route({ ...versions, drainMs: 150 })];
    const { gateway, port } = await gatewayHere(cleanup, routes, {}, undefined, clock);
    await gateway.weigh(weight({ generation: 1 }));
    const kept = await open(port());
    await gateway.weigh(weight({ generation: 2, percent: 0 }));
    await gateway.weigh(weight({ generation: 3, percent: 50 }));
    const leaving = await open(port());
    await clock.advance(300);
    expect(await answers(kept)).toBe(true);
    leaving.close();
  });

  it('of a version that became the stable one is not disturbed', async () => {
    const [old, fresh] = [await echoSockets(), await echoSockets()];
    const versions = { stable: target('1', old.address), candidate: target('2', fresh.address) };
    const clock = createVirtualClock(someMoment);
    const routes = [route({ ...versions, drainMs: 50 })];
    const { gateway, port } = await gatewayHere(cleanup, routes, {}, undefined, clock);
    await gateway.weigh(weight({}));
    const socket = await open(port());
    await gateway.setRoutes([route({ stable: versions.candidate, drainMs: 50 })]);
    await clock.advance(250);
    expect(await answers(socket)).toBe(true);
  });

  it('that an instance refuses gets the refusal', async () => {
    const { address } = await startInstance(cleanup, (_request, response) =>
      response.writeHead(403).end('no'),
    );
    const { gateway, port } = await gatewayHere(cleanup, [route({ stable: target('1', address) })]);
    const socket = new WebSocket(`ws://127.0.0.1:${port()}`);
    socket.on('error', () => undefined);
    const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(answer.statusCode).toBe(403);
    socket.terminate();
    await until(() => gateway.health().openConnections === 0);
  });

  it('to an instance that is gone gets 502', async () => {
    const { gateway, port } = await gatewayHere(cleanup, [route({ stable: target('1', '127.0.0.1:1') })]);
    const socket = new WebSocket(`ws://127.0.0.1:${port()}`);
    socket.on('error', () => undefined);
    const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(answer.statusCode).toBe(502);
    socket.terminate();
    expect(gateway.counters().services[web]?.variants[digest('artifact 1')]).toMatchObject({ refused: 1 });
  });
});

it('passes other upgrades as bare bytes', async () => {
  const { address, server } = await startInstance(cleanup, 'plain');
  server.on('upgrade', (_request, socket: Duplex) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: shout\r\n\r\nHELLO ');
    socket.on('data', (chunk: Buffer) => socket.write(chunk.toString().toUpperCase()));
    socket.on('end', () => socket.end());
  });
  const { port } = await gatewayHere(cleanup, [route({ stable: target('1', address) })]);
  const client = connect(port(), '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: shout\r\n\r\nearly ');
  let heard = '';
  client.on('data', (chunk) => (heard += chunk.toString()));
  await until(() => heard.includes('EARLY'));
  client.end('late');
  await once(client, 'close');
  expect(heard).toMatch(/^HTTP\/1\.1 101 [^]*upgrade: shout[^]*\r\n\r\nHELLO EARLY LATE$/);
});

/** A bare upgrade through the gateway, to an instance that agrees when it is let. */
async function upgraded(limits: object, of: { drainMs: number }) {
  const clock = createVirtualClock(someMoment);
  const { address, server } = await startInstance(cleanup, 'plain');
  let agree: (() => void) | null = null;
  server.on('upgrade', (_request, socket: Duplex) => {
    cleanup.add(() => socket.destroy());
    agree = () =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: shout\r\n\r\n');
  });
  const routes = [route({ stable: target('1', address), ...of })];
  const { gateway, port } = await gatewayHere(cleanup, routes, limits, undefined, clock);
  const client = connect(port(), '127.0.0.1').on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: shout\r\n\r\n');
  await until(() => agree !== null);
  return { clock, gateway, client, agree: () => agree?.() };
}

it('ends an upgraded connection on which nobody says anything for too long', async () => {
  const { clock, gateway, client, agree } = await upgraded({ silentMs: 60_000 }, { drainMs: 0 });
  const closed = once(client, 'close');
  agree();
  await once(client, 'data');
  await clock.advance(40_000);
  client.write('still here');
  await clock.advance(40_000);
  expect(gateway.health().openConnections).toBe(1);
  await clock.advance(30_000);
  await closed;
  expect(gateway.health().openConnections).toBe(0);
});

it('ends an upgraded connection that only begins when its version was drained already', async () => {
  const { clock, gateway, client, agree } = await upgraded({}, { drainMs: 100 });
  await gateway.setRoutes([]);
  await clock.advance(100);
  const closed = once(client.resume(), 'end');
  agree();
  await closed;
  await clock.advance(200);
  expect(gateway.health().openConnections).toBe(0);
});

it('ends an event stream that only begins when its version was drained already', async () => {
  const clock = createVirtualClock(someMoment);
  let begin: (() => void) | null = null;
  const late = await startInstance(cleanup, (_request, response) => {
    begin = () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
    };
  });
  const routes = [route({ stable: target('1', late.address), drainMs: 100 })];
  const { gateway, origin } = await gatewayHere(cleanup, routes, {}, undefined, clock);
  const asked = fetch(origin);
  await until(() => begin !== null);
  await gateway.setRoutes([]);
  await clock.advance(100);
  (begin as (() => void) | null)?.();
  expect(await (await asked).text()).toBe('data: 1\n\n');
});

it('ends an event stream cleanly when its version was drained, and lets a plain answer finish', async () => {
  let finish: (() => void) | null = null;
  const fresh = await startInstance(cleanup, (request, response) => {
    const type = request.url === '/events' ? 'text/event-stream' : 'text/plain';
    response.writeHead(200, { 'content-type': type });
    response.write('begun\n\n');
    if (request.url !== '/events') finish = () => response.end('ended');
  });
  const old = await startInstance(cleanup, 'old');
  const { gateway, origin } = await gatewayHere(cleanup, [
    route({ stable: target('1', old.address), candidate: target('2', fresh.address), drainMs: 50 }),
  ]);
  await gateway.weigh(weight({}));
  const [events, plain] = [await fetch(`${origin}/events`), await fetch(`${origin}/slow`)];
  await gateway.weigh(weight({ generation: 2, percent: 0 }));
  expect(await events.text()).toBe('begun\n\n');
  (finish as (() => void) | null)?.();
  expect(await plain.text()).toBe('begun\n\nended');
});
