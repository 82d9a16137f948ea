import { rename, rm } from 'node:fs/promises';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { type Rung, until } from './rung.ts';

/** What becomes of the bytes of an artifact on the way to an agent; null cuts the connection off. */
export type Tamper = (chunk: Buffer, before: number) => Buffer | null;

const artifactAsked = Buffer.from('GET /agent/v1/artifacts/');

/** Stands between one agent and its control plane: passes on, or stands still, or spoils artifacts. */
export class AgentRelay implements AsyncDisposable {
  /** Of artifacts, how many were spoilt. */
  spoilt = 0;
  readonly #socket: string;
  readonly #behind: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #tamper: Tamper | null = null;

  /** The agent is killed, so that it comes back through here. */
  static async before(rung: Rung, environment: string): Promise<AgentRelay> {
    const dir = join(rung.data, 'environments', environment);
    const relay = new AgentRelay(join(dir, 'control.sock'), join(dir, 'behind.sock'));
    await rename(relay.#socket, relay.#behind);
    await new Promise<void>((resolve) => relay.#server.listen(relay.#socket, resolve));
    const pid = (await rung.programs())[`agent-${environment}`];
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    await until('the agent through the relay', async () => relay.#sockets.size > 0);
    return relay;
  }

  private constructor(socket: string, behind: string) {
    this.#socket = socket;
    this.#behind = behind;
    this.#server = createServer((near) => this.#pass(near));
  }

  /** From now on nothing arrives any more, in either direction, and nobody is told. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  mend(): void {
    this.#isCut = false;
    // Who comes back after a cut finds another connection.
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Of every artifact that is asked for from now on; null: of none. */
  spoil(tamper: Tamper | null): void {
    this.#tamper = tamper;
  }

  #pass(near: Socket): void {
    const far = connect(this.#behind);
    for (const socket of [near, far]) {
      this.#sockets.add(socket.on('error', () => socket.destroy()));
      socket.on('close', () => this.#sockets.delete(socket));
      if (this.#isCut) socket.pause();
    }
    let passed: number | null = null;
    near.on('data', (chunk: Buffer) => {
      passed = chunk.includes(artifactAsked) ? 0 : null;
      far.write(chunk);
    });
    far.on('data', (chunk: Buffer) => {
      const sent = passed === null ? chunk : this.#spoilt(chunk, passed);
      if (passed !== null) passed += chunk.length;
      if (sent === null) near.destroy();
      else near.write(sent);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }

  #spoilt(chunk: Buffer, before: number): Buffer | null {
    const sent = this.#tamper === null ? chunk : this.#tamper(chunk, before);
    if (sent !== chunk) this.spoilt += 1;
    return sent;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await rm(this.#socket, { force: true });
    await rename(this.#behind, this.#socket).catch(() => undefined);
  }
}
