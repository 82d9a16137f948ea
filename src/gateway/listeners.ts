import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Failure } from '../domain/failure.ts';
import type { ServiceName } from '../domain/ids.ts';
import type { RouteSpec } from '../domain/traffic.ts';
import { ClientConnection } from './client-connection.ts';
import type { ClientHost } from './client-connection.ts';
import type { DataPath } from './data-path.ts';

/**
 * Where the listening sockets come from. `own`: opened here, on 127.0.0.1. `inherited`: opened on the host by whoever
 * started this process inside a network namespace, and passed as file descriptors; there are no others.
 */
export type ListenFrom =
  | { readonly from: 'own' }
  | { readonly from: 'inherited'; readonly descriptors: Readonly<Record<ServiceName, number>> };

type Where = { readonly fd: number } | { readonly host: string; readonly port: number };

/** Listens for one service and holds the connections of its clients. */
class Listener implements ClientHost {
  readonly path: DataPath;
  readonly service: ServiceName;
  readonly server: Server;
  isClosed = false;
  readonly #connections = new Set<ClientConnection>();

  constructor(path: DataPath, service: ServiceName) {
    this.path = path;
    this.service = service;
    this.server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => this.#take(socket));
    this.server.maxConnections = path.limits.maxConnections;
  }

  get port(): number {
    return (this.server.address() as AddressInfo | null)?.port ?? 0;
  }

  onGone(connection: ClientConnection): void {
    this.#connections.delete(connection);
  }

  /** Takes no new connections. What is under way goes on to its end. */
  close(): void {
    this.isClosed = true;
    this.server.close();
    for (const connection of this.#connections) connection.endIdle();
  }

  closeAll(): void {
    this.close();
    for (const connection of this.#connections) connection.destroy();
  }

  #take(socket: Socket): void {
    this.#connections.add(new ClientConnection(this, socket));
  }
}

/** One listener for each service. */
export class Listeners {
  readonly #path: DataPath;
  readonly #source: ListenFrom;
  readonly #listeners = new Map<ServiceName, Listener>();

  constructor(path: DataPath, source: ListenFrom) {
    this.#path = path;
    this.#source = source;
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
    for (const [service, listener] of this.#listeners) {
      if (wanted.has(service)) continue;
      this.#listeners.delete(service);
      listener.close();
    }
  }

  /**
   * Listens for one service, and no longer on another port for the same.
   * @throws Failure conflict `listener-missing`, unavailable `port-taken`
   */
  async open({ service, port }: Pick<RouteSpec, 'service' | 'port'>): Promise<void> {
    const current = this.#listeners.get(service);
    if (current !== undefined && (port === 0 || port === current.port)) return;
    if (this.#source.from === 'inherited') throw missing(service, port);
    await this.#open(service, { host: '127.0.0.1', port });
    current?.close();
  }

  /** 0 where nothing listens for the service. */
  port(service: ServiceName): number {
    return this.#listeners.get(service)?.port ?? 0;
  }

  /** Takes no new connections. Requests under way go on. */
  stopAccepting(): void {
    for (const listener of this.#listeners.values()) listener.close();
  }

  closeAll(): void {
    for (const listener of this.#listeners.values()) listener.closeAll();
    this.#listeners.clear();
  }

  async #open(service: ServiceName, where: Where): Promise<void> {
    const listener = new Listener(this.#path, service);
    await listen(listener.server, where, service);
    this.#listeners.set(service, listener);
  }
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
