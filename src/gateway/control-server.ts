import { chmod, rename, stat, unlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { Failure, httpStatusOf, isFailure } from '../domain/failure.ts';
import { gatewayFiles, gatewayHeader, gatewayProtocol } from '../protocol/gateway.ts';
import type { GatewayNotice, GatewayRefusal } from '../protocol/gateway.ts';
import { parseRenew, parseRoutes, parseTakeBack, parseWeight } from './control-input.ts';
import type { Gateway } from './gateway.ts';

/** A watcher that does not read is told nothing more until it has caught up. */
const watcherBacklogBytes = 65_536;
const done = {};

type Handler = (input: unknown) => unknown;

export interface ControlServer {
  close(): Promise<void>;
}

/**
 * Beside a gateway that serves this folder none is started; one that is dead or draining can be succeeded.
 * @throws Failure conflict `gateway-running`
 */
export async function refuseSecondGateway(dir: string): Promise<void> {
  if (!(await isServing(path.join(dir, gatewayFiles.socket)))) return;
  throw new Failure('conflict', 'gateway-running', `A gateway already serves ${dir}.`, {
    wayOut: 'Use the one that runs, or close it first.',
  });
}

/** Serves the gateway's control socket, `<dir>/gateway.sock`, for this user alone. A stale socket is replaced. */
export async function serveControl(
  gateway: Gateway,
  dir: string,
  onShutdown: () => void,
): Promise<ControlServer> {
  const socket = path.join(dir, gatewayFiles.socket);
  const answering = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const handled = handle(gateway, onShutdown, request, response)
      .catch((thrown: unknown) => {
        gateway.noteDefect(thrown);
        response.destroy();
      })
      .finally(() => answering.delete(handled));
    answering.add(handled);
  });
  server.on('clientError', (_error, connection) => connection.destroy());
  const inode = await listenAt(server, socket);
  return {
    close: async () => {
      await Promise.all(answering);
      await closeAt(server, socket, inode);
    },
  };
}

async function handle(
  gateway: Gateway,
  onShutdown: () => void,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = `${request.method} ${request.url}`;
  response.setHeader(gatewayHeader, gatewayProtocol);
  if (route === 'GET /watch') return watch(gateway, response);
  if (route === 'GET /metrics') {
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    response.end(gateway.metrics());
    return;
  }
  try {
    const handler = handlers(gateway, onShutdown)[route];
    if (handler === undefined) throw unknownRoute(route);
    const input = request.method === 'GET' ? null : await body(request, gateway.limits.maxControlBytes);
    answer(response, 200, (await handler(input)) ?? done);
  } catch (thrown) {
    if (!isFailure(thrown)) gateway.noteDefect(thrown);
    refuse(response, thrown);
  }
}

function handlers(gateway: Gateway, onShutdown: () => void): Readonly<Record<string, Handler>> {
  return {
    'GET /state': () => gateway.state(),
    'GET /counters': () => gateway.counters(),
    'GET /health': () => gateway.health(),
    'PUT /routes': (input) => gateway.setRoutes(parseRoutes(input).routes),
    'PUT /weight': (input) => gateway.weigh(parseWeight(input)),
    'POST /renew': (input) => gateway.renew(parseRenew(input)),
    'POST /take-back': (input) => gateway.takeBack(parseTakeBack(input)),
    'POST /shutdown': onShutdown,
  };
}

function watch(gateway: Gateway, response: ServerResponse): void {
  response.setHeader('content-type', 'application/x-ndjson');
  const tell = (notice: GatewayNotice): void => {
    if (response.writableLength < watcherBacklogBytes) response.write(`${JSON.stringify(notice)}\n`);
  };
  const watching = gateway.watch(tell);
  response.on('close', () => watching[Symbol.dispose]());
}

async function body(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
  }
  if (bytes === 0) return null;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new Failure('invalid', 'control-input', 'The body is not JSON.');
  }
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function refuse(response: ServerResponse, thrown: unknown): void {
  const failure = isFailure(thrown)
    ? thrown
    : new Failure('defect', 'gateway-defect', 'The gateway met a defect of its own; its log has it.');
  const { kind, code, message, wayOut } = failure;
  const refusal: GatewayRefusal = {
    error: { kind, code, message, ...(wayOut === undefined ? {} : { wayOut }) },
  };
  answer(response, httpStatusOf(kind), refusal);
}

function unknownRoute(route: string): Failure {
  return new Failure('absent', 'control-route-unknown', `The gateway knows no ${route.slice(0, 100)}.`);
}

function tooLarge(mostBytes: number): Failure {
  return new Failure('limited', 'control-input-large', `A body has at most ${mostBytes} bytes.`);
}

/** The socket is made under a name of its own and moved into place, so that closing never removes a successor's. */
async function listenAt(server: Server, socket: string): Promise<number> {
  const own = `${socket}.${process.pid}`;
  await unlink(own).catch(() => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(own, resolve);
  });
  await chmod(own, 0o600);
  await rename(own, socket);
  return (await stat(socket)).ino;
}

async function closeAt(server: Server, socket: string, inode: number): Promise<void> {
  const current = await stat(socket).catch(() => null);
  if (current?.ino === inode) await unlink(socket).catch(() => undefined);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Whether somebody answers there who is not draining. Silence for two seconds counts as serving: it may be stopped. */
function isServing(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    let heard = '';
    const connection = connect(socket);
    const settle = (serving: boolean): void => {
      connection.destroy();
      resolve(serving);
    };
    connection.setTimeout(2_000, () => settle(true));
    connection.on('error', () => settle(false));
    connection.on('connect', () =>
      connection.write('GET /health HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n\r\n'),
    );
    connection.on('data', (chunk) => (heard += chunk.toString()));
    connection.on('end', () => settle(!heard.includes('"phase":"draining"')));
  });
}
