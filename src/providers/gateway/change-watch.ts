import type { Clock } from '../../engine/clock.ts';
import type { GatewayClient } from './client.ts';

const firstWaitMs = 25;
const longestWaitMs = 1_000;

/**
 * Tells whoever listens when the gateway says that something happened, and when it is gone. Connected only while
 * somebody listens; a gateway that comes back is found again.
 */
export class ChangeWatch {
  readonly #client: GatewayClient;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #watching: Disposable | null = null;
  #retry: Disposable | null = null;
  #waitMs = firstWaitMs;

  constructor(client: GatewayClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  listen(call: () => void): Disposable {
    const listener = (): void => call();
    this.#listeners.add(listener);
    this.connect();
    return {
      [Symbol.dispose]: () => {
        this.#listeners.delete(listener);
        if (this.#listeners.size === 0) this.#stop();
      },
    };
  }

  /** Another gateway may have come: the one before is heard as long as it lets what is open there end. */
  connectAnew(): void {
    this.#watching?.[Symbol.dispose]();
    this.#watching = null;
    this.connect();
  }

  /** At once, where it would otherwise wait for its next try. */
  connect(): void {
    if (this.#listeners.size === 0 || this.#watching !== null) return;
    this.#retry?.[Symbol.dispose]();
    this.#retry = null;
    let heard = false;
    this.#watching = this.#client.watch(
      () => {
        heard = true;
        this.#waitMs = firstWaitMs;
        this.#tell();
      },
      () => this.#onEnd(heard),
    );
  }

  #onEnd(heard: boolean): void {
    this.#watching = null;
    if (heard) this.#tell();
    this.#retry = this.#clock.after(this.#waitMs, () => this.connect());
    this.#waitMs = Math.min(longestWaitMs, this.#waitMs * 2);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #stop(): void {
    this.#watching?.[Symbol.dispose]();
    this.#retry?.[Symbol.dispose]();
    this.#watching = null;
    this.#retry = null;
  }
}
