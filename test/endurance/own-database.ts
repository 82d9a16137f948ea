import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { type RunningPostgres, startPostgres } from '../../src/supervisor/postgres.ts';
import { inDatabase } from '../kit/postgres-address.ts';
import { familyOf } from './processes.ts';

/** A PostgreSQL as a user has one: not ours to start or stop, with a role for Rung that signs in by SCRAM. */
export class OwnDatabase implements AsyncDisposable {
  readonly folder: string;
  /** Of the role; nowhere else in the world, so that it can be searched for. */
  readonly password = `pw-${randomBytes(12).toString('hex')}`;
  #server: RunningPostgres;
  #still: number[] = [];

  static async start(): Promise<OwnDatabase> {
    const folder = await mkdtemp(join(tmpdir(), 'own-postgres-'));
    const own = new OwnDatabase(folder, await serverIn(folder));
    await own.asOwner(`create role releases login password '${own.password}'`);
    await own.asOwner('create database releases owner releases');
    return own;
  }

  private constructor(folder: string, server: RunningPostgres) {
    this.folder = folder;
    this.#server = server;
  }

  get url(): string {
    return this.urlWith({});
  }

  get pid(): number {
    return this.#server.pid;
  }

  urlWith(changed: Partial<Record<'username' | 'password' | 'host' | 'pathname', string>>): string {
    const { host } = new URL(this.#server.url);
    const parts = { username: 'releases', password: this.password, pathname: '/releases', host, ...changed };
    return Object.assign(new URL(this.#server.url), parts).href;
  }

  asOwner(statement: string, database = 'postgres'): Promise<void> {
    return inDatabase(this.#server.url, database, statement);
  }

  /** Starts again, on the same port. */
  async startAgain(): Promise<void> {
    this.#server = await serverIn(this.folder);
  }

  /** As an administrator does it: whatever is open is rolled back. */
  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Its connections stay open, new ones are taken, and none is answered. */
  async standStill(): Promise<void> {
    this.#still = await familyOf(this.pid);
    for (const pid of this.#still) process.kill(pid, 'SIGSTOP');
  }

  async goOn(): Promise<void> {
    for (const pid of this.#still.splice(0)) process.kill(pid, 'SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.goOn();
    await this.#server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const serverIn = (folder: string): Promise<RunningPostgres> =>
  startPostgres({ folder, log: silentLog, clock: systemClock });

/** A server that says of itself to be another version: a relay that changes words of the same length on the way. */
export class Relay implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  static async before(url: string, changed: Readonly<Record<string, string>>): Promise<Relay> {
    const { hostname, port } = new URL(url);
    const relay = new Relay(hostname, Number(port), changed);
    await new Promise<void>((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  private constructor(host: string, port: number, changed: Readonly<Record<string, string>>) {
    this.#server = createServer((near) => {
      const far = connect(port, host);
      for (const socket of [near, far]) this.#sockets.add(socket.on('error', () => socket.destroy()));
      near.on('data', (chunk: Buffer) => far.write(chunk)).on('close', () => far.destroy());
      far
        .on('data', (chunk: Buffer) => near.write(replaced(chunk, changed)))
        .on('close', () => near.destroy());
    });
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const replaced = (chunk: Buffer, changed: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(
    Object.entries(changed).reduce(
      (text, [from, to]) => text.replaceAll(from, to.padEnd(from.length).slice(0, from.length)),
      chunk.toString('latin1'),
    ),
    'latin1',
  );
