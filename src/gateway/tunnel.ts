import type { Duplex } from 'node:stream';
import type { DataPath } from './data-path.ts';
import type { Timed } from './deadlines.ts';
import { nowhere } from './open-exchanges.ts';
import type { OpenExchange } from './open-exchanges.ts';
import type { Upstream } from './upstream.ts';
import { FrameTracker, goingAwayFrame } from './websocket-frames.ts';

/**
 * The two ends of an upgraded connection. Bytes pass as they are, with backpressure; half-closed stays half-closed.
 *
 * When its version is drained, a WebSocket gets a close frame with 1001 at both ends, each between two frames. A frame
 * under way is let finish first. Then neither end hears anything more of the other; the client has `closeWithinMs` to
 * close, and the connection is destroyed. Protocols other than WebSocket have no such word and are just closed.
 */
export class Tunnel implements OpenExchange, Timed {
  place = nowhere;
  deadlineMs = Number.POSITIVE_INFINITY;
  readonly #path: DataPath;
  readonly #upstream: Upstream;
  readonly #client: Duplex;
  readonly #instance: Duplex;
  readonly #isWebSocket: boolean;
  readonly #toClient = new FrameTracker();
  readonly #toInstance = new FrameTracker();
  #leaving = false;

  constructor(
    path: DataPath,
    upstream: Upstream,
    client: Duplex,
    instance: Duplex,
    options: { readonly isWebSocket: boolean },
  ) {
    this.#path = path;
    this.#upstream = upstream;
    this.#client = client;
    this.#instance = instance;
    this.#isWebSocket = options.isWebSocket;
  }

  /** `fromClient` and `fromInstance` are bytes that came along with the two heads. */
  start(fromClient: Buffer, fromInstance: Buffer): void {
    this.#refresh();
    this.#path.deadlines.watch(this);
    for (const end of [this.#client, this.#instance]) {
      end.on('error', () => this.cut());
      end.on('close', () => this.cut());
    }
    if (fromClient.length > 0) this.#client.unshift(fromClient);
    if (fromInstance.length > 0) this.#instance.unshift(fromInstance);
    this.#pass(this.#client, this.#instance, this.#toInstance, 'client');
    this.#pass(this.#instance, this.#client, this.#toClient, 'server');
    this.#upstream.enter(this);
    // Its version was told to leave while the instance thought about the upgrade.
    if (this.#upstream.isLeft) this.leave();
  }

  leave(): void {
    if (this.#leaving) return;
    this.#leaving = true;
    this.#path.clock.after(this.#path.limits.closeWithinMs, () => this.cut());
    if (!this.#isWebSocket) {
      this.#client.end();
      this.#instance.end();
      return;
    }
    if (this.#toClient.isAtBoundary) this.#sayGoingAway(this.#client, 'server');
    if (this.#toInstance.isAtBoundary) this.#sayGoingAway(this.#instance, 'client');
  }

  cut(): void {
    this.#path.deadlines.forget(this);
    this.#client.destroy();
    this.#instance.destroy();
    this.#upstream.exit(this);
  }

  /** It counted at the upgrade. */
  settle(): void {}

  /** A peer that is gone without a word would hold both connections for ever. */
  onDeadline(): void {
    this.cut();
  }

  #refresh(): void {
    this.deadlineMs = this.#path.deadlines.after(this.#path.limits.silentMs);
  }

  #pass(from: Duplex, to: Duplex, frames: FrameTracker, side: 'client' | 'server'): void {
    from.on('data', (chunk: Buffer) => {
      this.#refresh();
      if (!this.#isWebSocket) return pour(from, to, chunk);
      if (!this.#leaving) {
        frames.push(chunk);
        return pour(from, to, chunk);
      }
      if (frames.isAtBoundary) return;
      pour(from, to, chunk.subarray(0, frames.pushToBoundary(chunk)));
      if (frames.isAtBoundary) this.#sayGoingAway(to, side);
    });
    from.on('end', () => to.end());
  }

  #sayGoingAway(to: Duplex, as: 'client' | 'server'): void {
    if (to.writable) to.write(goingAwayFrame(as));
  }
}

function pour(from: Duplex, to: Duplex, chunk: Uint8Array): void {
  if (to.destroyed || to.writableEnded || to.write(chunk)) return;
  from.pause();
  to.once('drain', () => from.resume());
}
