import type { GatewayNotice } from '../protocol/gateway.ts';
import type { Clock } from '../engine/clock.ts';

const gatherMs = 20;

/** Tells all who watch. What is said several times within a moment is said once. */
export class Notices {
  readonly #clock: Clock;
  readonly #listeners = new Set<(notice: GatewayNotice) => void>();
  readonly #gathered = new Map<string, GatewayNotice>();
  #flush: Disposable | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  tell(notice: GatewayNotice): void {
    this.#gathered.set(JSON.stringify(notice), notice);
    this.#flush ??= this.#clock.after(gatherMs, () => this.flush());
  }

  flush(): void {
    this.#flush?.[Symbol.dispose]();
    this.#flush = null;
    const notices = [...this.#gathered.values()];
    this.#gathered.clear();
    for (const notice of notices) for (const listener of this.#listeners) listener(notice);
  }

  listen(listener: (notice: GatewayNotice) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }
}
