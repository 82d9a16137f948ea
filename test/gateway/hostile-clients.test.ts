import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createVirtualClock, someMoment } from '../../src/engine/virtual-clock.ts';
import { bodies, Cleanup, digest, gatewayHere, route, startInstance, target, until, web } from './world.ts';

const cleanup = new Cleanup();
afterEach(() => cleanup.run());

async function served(limits = {}): Promise<{ port: number; origin: string; healthy: () => Promise<void> }> {
  const { address } = await startInstance(cleanup, (request, response) => {
    request.resume();
    request.on('end', () => response.end('old'));
  });
  const { gateway, port, origin } = await gatewayHere(
    cleanup,
    [route({ stable: target('1', address) })],
    limits,
  );
  const healthy = async (): Promise<void> => {
    expect(await bodies(origin, 3)).toEqual(['old', 'old', 'old']);
    expect(gateway.health().troubles).toEqual([]);
    await until(() => gateway.health().openConnections === 0);
  };
  return { port: port(), origin, healthy };
}

function open(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  cleanup.add(() => socket.destroy());
  return socket;
}

/** All that is heard until the gateway closes. */
async function heard(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  await once(socket, 'close');
  return text;
}

const openings = [
  'GET / HTTP/1.1\r\nhost: x\r\n\r\n',
  'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf',
  'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
  'POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  'CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: x\r\nx: ',
  '\r\n\r\n\r\n',
  '',
];

it('goes on serving among clients that hang up, stop half-way and talk nonsense', async () => {
  const { port, origin, healthy } = await served();
  const sockets = Array.from({ length: 200 }, (_, at) => {
    const socket = open(port);
    socket.write(openings[at % openings.length] ?? '');
    if (at % 3 === 0) socket.write(randomBytes(200));
    if (at % 4 === 0) socket.end();
    else if (at % 4 === 1) socket.on('connect', () => socket.resetAndDestroy());
    return socket;
  });
  expect(await bodies(origin, 3)).toEqual(['old', 'old', 'old']);
  for (const socket of sockets) socket.destroy();
  await healthy();
});

it.each([
  ['two lengths that differ', 'content-length: 3\r\ncontent-length: 4'],
  ['a length and chunks', 'content-length: 3\r\ntransfer-encoding: chunked'],
  ['an encoding that hides', 'transfer-encoding: xchunked'],
  ['a folded header', 'x: a\r\n b: c\r\ntransfer-encoding : chunked'],
  ['two hosts', 'host: y'],
])('refuses a request whose end or target can be read in two ways: %s', async (_name, headers) => {
  const { port, healthy } = await served();
  const socket = open(port);
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${headers}\r\n\r\n`);
  expect(await heard(socket)).toMatch(/^HTTP\/1\.1 400 /);
  await healthy();
});

it('answers 431 to headers that are too large', async () => {
  const { port, healthy } = await served();
  const socket = open(port);
  socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`);
  expect(await heard(socket)).toMatch(/^HTTP\/1\.1 431 /);
  await healthy();
});

it('closes on a client that does not finish its headers', async () => {
  const { port, healthy } = await served({ headersWithinMs: 500 });
  const socket = open(port);
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n');
  expect(await heard(socket)).toMatch(/^HTTP\/1\.1 408 /);
  await healthy();
});

it('takes no more connections than its limit, and takes again when some closed', async () => {
  const { port, healthy } = await served({ maxConnections: 5 });
  const full = Array.from({ length: 5 }, () => open(port));
  await Promise.all(full.map((socket) => once(socket, 'connect')));
  const sixth = open(port);
  await once(sixth, 'close');
  for (const socket of full) socket.destroy();
  await until(async () => (await fetch(`http://127.0.0.1:${port}`).catch(() => null))?.status === 200);
  await healthy();
});

it('answers a request that names no path with 400', async () => {
  const { port, healthy } = await served();
  const socket = open(port);
  socket.write('OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  expect(await heard(socket)).toMatch(/^HTTP\/1\.1 400 /);
  await healthy();
});

/** A client that says so much and then nothing for long, on a gateway whose clock is moved by hand. */
async function stalled(said: string, forMs: number) {
  const clock = createVirtualClock(someMoment);
  const { address, server, seen } = await startInstance(cleanup, (request, response) => {
    request.resume();
    request.on('end', () => response.end('had it all'));
  });
  // Without this Node answers by itself: it says nothing to a client that asks whether its body is wanted.
  server.on('checkContinue', (request) => seen.push(request));
  const routes = [route({ stable: target('1', address) })];
  const { gateway, port } = await gatewayHere(cleanup, routes, {}, undefined, clock);
  const client = open(port());
  let answer = '';
  client.on('data', (chunk) => (answer += chunk.toString('latin1')));
  client.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n${said}`);
  await until(() => seen.length === 1);
  await clock.advance(forMs);
  const counts = () => gateway.counters().services[web]?.variants[digest('artifact 1')];
  return { client, answer: () => answer, counts };
}

it('does not blame a version for a client that is slow to send its body', async () => {
  const { client, answer, counts } = await stalled('\r\n01234', 10 * 60_000);
  expect(counts()).toMatchObject({ requests: 0, errors: 0 });
  client.write('56789');
  await until(() => answer().includes('had it all'));
  expect(counts()).toMatchObject({ requests: 1, errors: 0 });
});

it('does blame a version that does not say whether it wants a body', async () => {
  const { answer, counts } = await stalled('expect: 100-continue\r\n\r\n', 70_000);
  await until(() => answer().startsWith('HTTP/1.1 504'));
  expect(counts()).toMatchObject({ requests: 1, errors: 1 });
});
