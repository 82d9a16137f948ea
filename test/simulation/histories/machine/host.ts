import { type Instant, later } from '../../../../src/domain/ids.ts';
import type { Clock } from '../../../../src/engine/clock.ts';
import type { VirtualClock } from '../../../../src/engine/virtual-clock.ts';

interface Timer {
  /** On the host's monotonic clock. */
  readonly dueMs: number;
  readonly call: () => void;
  set: Disposable | null;
}

/**
 * A machine with clocks of its own. Its wall clock can be off, and can be set. It can doze, as a laptop does when its lid
 * is closed: then its monotonic clock stands still, and no timer on it fires, until it is woken.
 */
export class Host {
  readonly #world: VirtualClock;
  readonly #timers = new Set<Timer>();
  #offMs: number;
  #dozedMs = 0;
  #dozesSinceMs: number | null = null;

  constructor(world: VirtualClock, offMs = 0) {
    this.#world = world;
    this.#offMs = offMs;
  }

  get isDozing(): boolean {
    return this.#dozesSinceMs !== null;
  }

  now = (): Instant => later(this.#world.now(), this.#offMs);

  monotonicMs = (): number => (this.#dozesSinceMs ?? this.#world.monotonicMs()) - this.#dozedMs;

  /** By how much the wall clock is off from now on. */
  setWallClock(offMs: number): void {
    this.#offMs = offMs;
  }

  /** In whole milliseconds, as real timers: a fraction would be lost in large numbers, and its time never come. */
  after: Clock['after'] = (ms, call) => {
    const timer: Timer = { dueMs: this.monotonicMs() + Math.max(0, Math.ceil(ms)), call, set: null };
    this.#timers.add(timer);
    if (!this.isDozing) this.#arm(timer);
    return {
      [Symbol.dispose]: () => {
        timer.set?.[Symbol.dispose]();
        this.#timers.delete(timer);
      },
    };
  };

  doze(): void {
    if (this.isDozing) return;
    this.#dozesSinceMs = this.#world.monotonicMs();
    for (const timer of this.#timers) timer.set?.[Symbol.dispose]();
  }

  wake(): void {
    if (this.#dozesSinceMs === null) return;
    this.#dozedMs += this.#world.monotonicMs() - this.#dozesSinceMs;
    this.#dozesSinceMs = null;
    for (const timer of this.#timers) this.#arm(timer);
  }

  #arm(timer: Timer): void {
    timer.set = this.#world.after(timer.dueMs - this.monotonicMs(), () => {
      this.#timers.delete(timer);
      timer.call();
    });
  }
}
