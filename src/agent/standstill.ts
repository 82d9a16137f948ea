import type { Clock } from '../engine/clock.ts';

const tickMs = 1000;
/** Who wakes up so much later than it meant to was stopped. */
const stoodStillMs = 750;

/**
 * Notices that this process was stopped for a while, or the machine was. What it knows is older then than it seems: an
 * answer that it reads first may have waited for it all the time.
 */
export class Standstill implements Disposable {
  readonly #clock: Clock;
  readonly #ticking: Disposable;
  readonly #onNoticed: () => void;
  #aliveMs: number;

  constructor(clock: Clock, onNoticed: () => void) {
    this.#clock = clock;
    this.#onNoticed = onNoticed;
    this.#aliveMs = clock.monotonicMs();
    this.#ticking = clock.every(tickMs, () => this.notice());
  }

  /** To be asked before acting on what was heard: timers may come later than what waits on a socket. */
  notice(): void {
    const nowMs = this.#clock.monotonicMs();
    const isNoticed = nowMs - this.#aliveMs > tickMs + stoodStillMs;
    this.#aliveMs = nowMs;
    if (isNoticed) this.#onNoticed();
  }

  [Symbol.dispose](): void {
    this.#ticking[Symbol.dispose]();
  }
}
