import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bodies, Cleanup, digest, gatewayHere, route, startInstance, target, until, web } from './world.ts';

const cleanup = new Cleanup();
afterEach(() => cleanup.run());

/** An instance that answers each connection's first bytes with exactly these, and says what it heard. */
async function sayingExactly(
  answer: string,
  andThen: (socket: Socket) => void = () => undefined,
): Promise<{ address: string; heard: () => string }> {
  let heard = '';
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => (heard += bytes.toString('latin1')));
    socket.once('data', () => socket.write(answer, 'latin1', () => andThen(socket)));
    cleanup.add(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.add(() => server.close());
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, heard: () => heard };
}

/** All that a client hears until the gateway closes. */
async function told(port: number, ...pieces: readonly string[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  cleanup.add(() => socket.destroy());
  let heard = '';
  socket.on('data', (bytes) => (heard += bytes.toString('latin1')));
  for (const piece of pieces) {
    socket.write(piece, 'latin1');
    await new Promise((resolve) => setImmediate(resolve));
  }
  await once(socket, 'close');
  return heard;
}

const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);
const last = 'GET /last HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';

async function through(
  address: string,
): Promise<{ port: number; errors: () => unknown; requests: () => unknown }> {
  const { gateway, port } = await gatewayHere(cleanup, [route({ stable: target('1', address) })]);
  const counts = () => gateway.counters().services[web]?.variants[digest('artifact 1')];
  return { port: port(), errors: () => counts()?.errors, requests: () => counts()?.requests };
}

describe('requests on one connection', () => {
  it('that come before the last was answered are answered one after the other, in their order', async () => {
    const echo = await startInstance(cleanup, (request, response) => response.end(`<${request.url}>`));
    const { port } = await through(echo.address);
    const one = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
    const answers = await told(port, one('/1') + one('/2'), `${one('/3')}${last}`);
    expect(answers.match(/<[^>]*>/g)).toEqual(['</1>', '</2>', '</3>', '</last>']);
  });

  it('may be cut anywhere', async () => {
    const echo = await startInstance(cleanup, (request, response) => void request.pipe(response));
    const { port } = await through(echo.address);
    const text = `POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n3\r\nxyz\r\n2\r\nuv\r\n0\r\n\r\n`;
    expect(bodyOf(await told(port, ...text.split(''))).replaceAll(/\r\n|[0-9a-f]+\r\n/g, '')).toBe('xyzuv');
  });

  it('go on after one whose body nobody wanted to its end', async () => {
    const picky = await startInstance(cleanup, (request, response) => {
      response.writeHead(request.url === '/last' ? 200 : 413).end('said');
    });
    const { port } = await through(picky.address);
    const head = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 300000\r\n\r\n';
    const answers = await told(port, head, 'x'.repeat(200_000), `${'x'.repeat(100_000)}${last}`);
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  it('bring no oddity of their chunks to an instance', async () => {
    const plain = await sayingExactly('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    const { port } = await through(plain.address);
    const chunks = '0003;hidden="1"\r\nabc\r\n0\r\nx-trailer: 1\r\n\r\n';
    const head = 'POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n';
    await told(port, `${head}${chunks}`);
    expect(bodyOf(plain.heard())).toBe('3\r\nabc\r\n0\r\n\r\n');
  });

  it('are told 400 when a body turns out to be none, and the instance never sees its end', async () => {
    const patient = await startInstance(cleanup, (request, response) => {
      request.resume().on('end', () => response.end('ended'));
    });
    const { port, errors } = await through(patient.address);
    const head = 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n';
    const answer = await told(port, `${head}3\r\nabcd\r\n0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(errors()).toBe(0);
  });
});

describe('a client of HTTP/1.0', () => {
  it('gets no chunks, and the end of the answer with the end of the connection', async () => {
    const chunking = await startInstance(cleanup, (_request, response) => {
      response.write('one ');
      response.end('two');
    });
    const { port } = await through(chunking.address);
    const answer = await told(port, 'GET / HTTP/1.0\r\n\r\n');
    expect(answer).not.toMatch(/transfer-encoding/i);
    expect(bodyOf(answer)).toBe('one two');
  });

  it('keeps its connection when it asks to', async () => {
    const old = await startInstance(cleanup, 'old');
    const { port } = await through(old.address);
    const answers = await told(
      port,
      'GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n',
      'GET / HTTP/1.0\r\n\r\n',
    );
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });
});

describe('an instance', () => {
  it('may end its answer with its connection', async () => {
    const plain = await sayingExactly('HTTP/1.0 200 OK\r\n\r\nall of it', (socket) => socket.end());
    const { port, errors } = await through(plain.address);
    expect((await bodies(`http://127.0.0.1:${port}`, 1))[0]).toBe('all of it');
    expect(errors()).toBe(0);
  });

  it.each([
    ['that is no HTTP', 'hello\r\n\r\n'],
    [
      'with a length and chunks',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
    ],
    ['with two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n'],
    ['in a coding that nobody asked for', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n'],
    ['with a split header', 'HTTP/1.1 200 OK\r\nx: a\nset-cookie: b\r\ncontent-length: 0\r\n\r\n'],
    ['to another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n'],
    ['without an end to its head', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}`],
  ])('whose answer is one %s is answered for with 502, as its error', async (_name, answer) => {
    const odd = await sayingExactly(answer);
    const { port, errors } = await through(odd.address);
    expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(502);
    expect(errors()).toBe(1);
  });

  it('is asked on a connection once more while it keeps it, and on a new one when it says that it will not', async () => {
    const keeping = await startInstance(cleanup, (request, response) => {
      if (request.url === '/short') response.setHeader('keep-alive', 'timeout=1');
      response.end('old');
    });
    const { port } = await through(keeping.address);
    for (const path of ['', 'short', 'new']) await bodies(`http://127.0.0.1:${port}/${path}`, 1);
    const [first, second, third] = keeping.seen.map(({ socket }) => socket);
    expect(first).toBe(second);
    expect(third).not.toBe(second);
  });

  it('that says more than was asked is not asked again on that connection', async () => {
    const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
    const talking = await sayingExactly(`${answer}HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhidden`);
    const { port, requests } = await through(talking.address);
    expect(await bodies(`http://127.0.0.1:${port}`, 3)).toEqual(['ok', 'ok', 'ok']);
    await until(() => requests() === 3);
  });
});
