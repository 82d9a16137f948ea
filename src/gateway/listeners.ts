import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Failure } from '../domain/failure.ts';
import type { ServiceName } from '../domain/ids.ts';
import type { RouteSpec } from '../domain/traffic.ts';
import { continuedExchange } from './continued-exchange.ts';
import type { DataPath } from './data-path.ts';
import { exchange } from './exchange.ts';
import type { Limits } from './limits.ts';
import { isUpgrade, upgrade } from './upgrade.ts';

/**
 * Where the listening sockets come from. `own`: opened here, on 127.0.0.1. `inherited`: opened on the host by whoever
 * started this process inside a network namespace, and passed as file descriptors; there are no others.
 */
export type ListenFrom =
  | { readonly from: 'own' }
  | { readonly from: 'inherited'; readonly descriptors: Readonly<Record<ServiceName, number>> };

type Where = { readonly fd: number } | { readonly host: string; readonly port: number };

/** One HTTP server for each service. */
export class Listeners {
  readonly #path: DataPath;
  readonly #source: ListenFrom;
  readonly #onDefect: (thrown: unknown) => void;
  readonly #servers = new Map<ServiceName, Server>();

  constructor(path: DataPath, source: ListenFrom, onDefect: (thrown: unknown) => void) {
    this.#path = path;
    this.#source = source;
    this.#onDefect = onDefect;
  }

  /** Listens on every inherited socket, routed or not: a request that comes early is answered. */
  async openInherited(): Promise<void> {
    if (this.#source.from !== 'inherited') return;
    for (const [service, fd] of Object.entries(this.#source.descriptors) as [ServiceName, number][]) {
      await this.#open(service, { fd });
    }
  }

  /** Listens for exactly these services. Every new socket is opened before any old one is closed. Throws as `open`. */
  async match(routes: readonly RouteSpec[]): Promise<void> {
    for (const route of routes) await this.open(route);
    if (this.#source.from === 'inherited') return;
    const wanted = new Set(routes.map(({ service }) => service));
    for (const [service, server] of this.#servers) {
      if (wanted.has(service)) continue;
      this.#servers.delete(service);
      server.close();
    }
  }

  /**
   * Listens for one service, and no longer on another port for the same.
   * @throws Failure conflict `listener-missing`, unavailable `port-taken`
   */
  async open({ service, port }: Pick<RouteSpec, 'service' | 'port'>): Promise<void> {
    const current = this.#servers.get(service);
    if (current !== undefined && (port === 0 || port === portOf(current))) return;
    if (this.#source.from === 'inherited') throw missing(service, port);
    await this.#open(service, { host: '127.0.0.1', port });
    current?.close();
  }

  /** 0 where nothing listens for the service. */
  port(service: ServiceName): number {
    const server = this.#servers.get(service);
    return server === undefined ? 0 : portOf(server);
  }

  /** Takes no new connections. Requests under way go on. */
  stopAccepting(): void {
    for (const server of this.#servers.values()) {
      server.close();
      server.closeIdleConnections();
    }
  }

  closeAll(): void {
    for (const server of this.#servers.values()) {
      server.close();
      server.closeAllConnections();
    }
    this.#servers.clear();
  }

  async #open(service: ServiceName, where: Where): Promise<void> {
    const server = this.#serve(service);
    await listen(server, where, service);
    this.#servers.set(service, server);
  }

  #serve(service: ServiceName): Server {
    const path = this.#path;
    const server = createServer(serverOptions(path.limits));
    server.maxConnections = path.limits.maxConnections;
    server.timeout = path.limits.silentMs;
    server.on('request', (request, response) => {
      this.#guard(request.socket, () => exchange(path, service, request, response));
    });
    server.on('checkContinue', (request: IncomingMessage, response) => {
      this.#guard(request.socket, () => continuedExchange(path, service, request, response));
    });
    server.on('checkExpectation', (_request, response) => {
      response.writeHead(417, { 'content-length': 0 }).end();
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, early: Buffer) => {
      this.#guard(socket, () => upgrade(path, service, request, socket, early));
    });
    server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) =>
      refuse(error, socket as Socket),
    );
    return server;
  }

  /** A defect met while serving one connection ends that connection and no other. */
  #guard(connection: Duplex, serve: () => void): void {
    try {
      serve();
    } catch (thrown) {
      this.#onDefect(thrown);
      connection.destroy();
    }
  }
}

function serverOptions(limits: Limits): Parameters<typeof createServer>[0] {
  return {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersWithinMs,
    requestTimeout: 0,
    keepAliveTimeout: limits.idleConnectionMs,
    connectionsCheckingInterval: 1_000,
    insecureHTTPParser: false,
    shouldUpgradeCallback: isUpgrade,
  };
}

function listen(server: Server, where: Where, service: ServiceName): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new Failure(
          'unavailable',
          'port-taken',
          `The gateway cannot listen for ${service} on ${'fd' in where ? `descriptor ${where.fd}` : `port ${where.port}`}.`,
          { cause, wayOut: 'Free the port, or give the service another one.' },
        ),
      );
    });
    server.listen(where, () => {
      server.removeAllListeners('error');
      server.on('error', () => undefined);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0;
}

function missing(service: ServiceName, port: number): Failure {
  return new Failure(
    'conflict',
    'listener-missing',
    `This gateway was started without a socket for ${service}${port === 0 ? '' : ` on port ${port}`}.`,
    {
      wayOut:
        'Start the gateway again with a socket for every service; it keeps its routes, weight and latch.',
    },
  );
}

const refusals: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Nobody can tell what was said: one answer, if none was begun, and the connection closes. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  socket.on('error', () => undefined);
  const status = refusals[error.code ?? ''] ?? '400 Bad Request';
  if (socket.writable && socket.bytesWritten === 0) {
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  }
  socket.destroySoon();
}
