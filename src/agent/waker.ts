import type { Clock } from '../engine/clock.ts';

/** Waits for a time or for a call, whichever comes first. A call that nobody waited for is not lost. */
export class Waker {
  readonly #clock: Clock;
  #isCalled = false;
  #waiting: AbortController | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wake(): void {
    this.#isCalled = true;
    this.#waiting?.abort();
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#isCalled && ms > 0) {
      this.#waiting = new AbortController();
      const until = AbortSignal.any([this.#waiting.signal, signal]);
      await this.#clock.sleep(ms, until).catch(() => undefined);
      this.#waiting = null;
    }
    this.#isCalled = false;
  }
}
