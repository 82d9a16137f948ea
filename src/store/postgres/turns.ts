import type { Clock } from '../../engine/clock.ts';

/** Nobody is held back for longer: what stands still must not make all others stand still, too. */
const heldBackMs = 1_000;

/**
 * Lets work run at once as long as it does not collide, and what did collide alone, with nothing else beside it in this
 * process. The more collide, the more they take turns: to run into each other again and again costs more than to wait.
 */
export class Turns {
  readonly #clock: Clock;
  readonly #running = new Set<Promise<unknown>>();
  #lastAlone: Promise<unknown> | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Beside others, after those that run alone or are about to. */
  async together<T>(work: () => Promise<T>): Promise<T> {
    if (this.#lastAlone !== null) await this.#atMost(this.#lastAlone);
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** After all that run now; what comes meanwhile waits. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#afterAll(this.#lastAlone, work);
    this.#lastAlone = turn;
    try {
      return await turn;
    } finally {
      if (this.#lastAlone === turn) this.#lastAlone = null;
    }
  }

  async #afterAll<T>(before: Promise<unknown> | null, work: () => Promise<T>): Promise<T> {
    await before?.catch(() => undefined);
    await this.#atMost(Promise.allSettled(this.#running));
    return work();
  }

  async #atMost(wait: Promise<unknown>): Promise<void> {
    const late = Promise.withResolvers<void>();
    using _timer = this.#clock.after(heldBackMs, late.resolve);
    await Promise.race([wait.catch(() => undefined), late.promise]);
  }
}
