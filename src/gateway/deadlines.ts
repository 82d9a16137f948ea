import type { Clock } from '../engine/clock.ts';

const lookEveryMs = 1_000;

/** Something that must not go on for ever. */
export interface Timed {
  /** On the monotonic clock; Infinity while nothing is waited for. */
  readonly deadlineMs: number;
  onDeadline(): void;
}

/**
 * Looks once a second at everything that has a deadline, which costs a request nothing but the note of its own. What
 * overruns is met up to a second late.
 */
export class Deadlines implements Disposable {
  readonly #clock: Clock;
  readonly #watched = new Set<Timed>();
  readonly #looking: Disposable;
  #nowMs: number;
  #date: string;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#nowMs = clock.monotonicMs();
    this.#date = new Date(clock.now()).toUTCString();
    this.#looking = clock.every(lookEveryMs, () => this.#look());
  }

  /** Monotonic, up to a second old: for a deadline that may be early. */
  get aboutNowMs(): number {
    return this.#nowMs;
  }

  /** When so long has passed for certain; for a deadline that must not be early. */
  after(ms: number): number {
    return this.#nowMs + lookEveryMs + ms;
  }

  /** As a `Date` field has it. */
  get date(): string {
    return this.#date;
  }

  watch(timed: Timed): void {
    this.#watched.add(timed);
  }

  forget(timed: Timed): void {
    this.#watched.delete(timed);
  }

  [Symbol.dispose](): void {
    this.#looking[Symbol.dispose]();
  }

  #look(): void {
    this.#nowMs = this.#clock.monotonicMs();
    this.#date = new Date(this.#clock.now()).toUTCString();
    for (const timed of this.#watched) if (timed.deadlineMs <= this.#nowMs) timed.onDeadline();
  }
}
