import type { RolloutId } from '../domain/ids.ts';
import type { TrafficState, WeightSpec, WeightState } from '../domain/traffic.ts';
import type { Clock } from '../engine/clock.ts';
import * as weights from './weight.ts';
import type { Candidates, WeightBook } from './weight.ts';

/** Holds the weight against the clock: what is asked for comes in, what is in effect is read for every request. */
export class WeightKeeper {
  readonly #clock: Clock;
  readonly #onExpired: (rollout: RolloutId, generation: number) => void;
  #book: WeightBook;
  #deadline: Disposable | null = null;

  constructor(clock: Clock, book: WeightBook, onExpired: (rollout: RolloutId, generation: number) => void) {
    this.#clock = clock;
    this.#book = book;
    this.#onExpired = onExpired;
    this.#watchDeadline();
  }

  get book(): WeightBook {
    return this.#book;
  }

  /** The deadline itself is looked at, not only its timer: a process that was stopped wakes up safe. */
  get effectivePercent(): number {
    return weights.effectivePercent(this.#book, this.#clock.monotonicMs());
  }

  get state(): WeightState | null {
    return weights.weightState(this.#book, this.#clock.monotonicMs());
  }

  get latch(): TrafficState['latch'] {
    return this.#book.latch;
  }

  /** @throws Failure conflict, see `weigh` in weight.ts */
  weigh(spec: WeightSpec, candidates: Candidates): void {
    this.#take(weights.weigh(this.#book, spec, candidates, this.#clock.monotonicMs()));
  }

  /** @throws Failure conflict, see `renew` in weight.ts */
  renew(rollout: RolloutId, generation: number, leaseMs: number): void {
    this.#take(weights.renew(this.#book, rollout, generation, leaseMs, this.#clock.monotonicMs()));
  }

  takeBack(rollout: RolloutId, generation: number, reason: string): void {
    this.#take(weights.takeBack(this.#book, rollout, generation, reason));
  }

  cover(candidates: Candidates): void {
    this.#take(weights.cover(this.#book, candidates));
  }

  stop(): void {
    this.#deadline?.[Symbol.dispose]();
    this.#deadline = null;
  }

  #take(book: WeightBook): void {
    this.#book = book;
    this.#watchDeadline();
  }

  #watchDeadline(): void {
    this.stop();
    const { weight } = this.#book;
    if (weight === null || weight.deadlineMs === null || weight.expired) return;
    const leftMs = Math.max(1, Math.ceil(weight.deadlineMs - this.#clock.monotonicMs()));
    this.#deadline = this.#clock.after(leftMs, () => this.#onDeadline());
  }

  #onDeadline(): void {
    this.#take(weights.expire(this.#book, this.#clock.monotonicMs()));
    const { weight } = this.#book;
    if (weight?.expired === true) this.#onExpired(weight.spec.rollout, weight.spec.generation);
  }
}
