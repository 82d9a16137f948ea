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
    this.#waiting?.abort(over);
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#isCalled && ms > 0 && !signal.aborted) {
      const waiting = new AbortController();
      const end = (): void => waiting.abort(over);
      this.#waiting = waiting;
      // Not a signal of both: whatever is made of one that lives long stays known to it.
      signal.addEventListener('abort', end, { once: true });
      await this.#clock.sleep(ms, waiting.signal).catch(() => undefined);
      signal.removeEventListener('abort', end);
      this.#waiting = null;
    }
    this.#isCalled = false;
  }
}

/** Nobody looks at it: an error would be made for nothing, with every wait. */
const over = 'over';
