import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a client and its PostgreSQL and counts what the client says; then calls, or cuts everything off. */
export class CutRelay implements AsyncDisposable {
  /** Messages of the client so far, over all its connections. */
  said = 0;
  readonly #server: Server;
  #isDropped = false;
  /** So many connections more are ended when they say this. */
  #ended = { left: 0, said: '' };
  readonly #sockets = new Set<Socket>();
  readonly #after: number;
  readonly #cut: (relay: CutRelay) => void;

  static async before(url: string, after: number, cut: (relay: CutRelay) => void): Promise<CutRelay> {
    const { hostname, port } = new URL(url);
    const relay = new CutRelay({ host: hostname, port: Number(port) }, after, cut);
    await new Promise<void>((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  private constructor(far: { host: string; port: number }, after: number, cut: (relay: CutRelay) => void) {
    this.#after = after;
    this.#cut = cut;
    this.#server = createServer((near) => this.#pass(near, connect(far)));
  }

  /** The same database, through here. */
  urlOf(url: string): string {
    const here = new URL(url);
    here.host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return here.href;
  }

  /** As when the client's process is gone: what it said last has reached the server all the same, and nothing follows. */
  drop(): void {
    this.#isDropped = true;
    for (const socket of this.#sockets) socket.end();
  }

  /** As when something between the two ends has forgotten the connections that there are: nothing is said on them, and none ends. */
  stall(): void {
    for (const socket of this.#sockets) socket.removeAllListeners('data').pause();
  }

  /** As when the server ends a connection that has only just begun: the next so many of those that say this. */
  endNext(left: number, said: string): void {
    this.#ended = { left, said };
  }

  #isEnded(chunk: Buffer): boolean {
    if (this.#ended.left === 0 || !chunk.includes(this.#ended.said)) return false;
    this.#ended.left -= 1;
    return true;
  }

  #pass(near: Socket, far: Socket): void {
    if (this.#isDropped) near.destroy();
    for (const socket of [near, far]) this.#sockets.add(socket.on('error', () => socket.destroy()));
    near.on('data', (chunk: Buffer) => {
      if (this.#isEnded(chunk)) near.destroy();
      this.said += 1;
      far.write(chunk);
      if (this.said === this.#after) this.#cut(this);
    });
    far.on('data', (chunk: Buffer) => near.write(chunk));
    near.on('close', () => far.end());
    far.on('close', () => near.destroy());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
