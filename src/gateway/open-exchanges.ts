/** A request, an answer or a tunnel under way. */
export interface OpenExchange {
  /** Where it stands among the open ones; for {@link OpenExchanges} alone. */
  place: number;
  /** Ends by itself what otherwise never would: tunnels and event streams. Plain requests run on to their end. */
  leave(): void;
  /** Ends it now, whatever it is. */
  cut(): void;
  /** Counts it now if its answer has begun, so that a long answer is not missing from a reading. */
  settle(): void;
}

/** What an exchange stands at that is not among the open ones. */
export const nowhere = -1;

/**
 * Those that are open to one instance.
 *
 * No `Set`: one that is filled and emptied with every request makes itself a new table every few requests, and each
 * old table keeps the next alive, with all that stood in it. Exchanges that are long over then grow old with them,
 * and everybody waits while those are cleared away.
 */
export class OpenExchanges implements Iterable<OpenExchange> {
  readonly #all: OpenExchange[] = [];

  get size(): number {
    return this.#all.length;
  }

  add(exchange: OpenExchange): void {
    if (exchange.place !== nowhere) return;
    exchange.place = this.#all.push(exchange) - 1;
  }

  /** Whether it was there. */
  delete(exchange: OpenExchange): boolean {
    const { place } = exchange;
    if (this.#all[place] !== exchange) return false;
    const last = this.#all.pop();
    if (last !== undefined && last !== exchange) {
      this.#all[place] = last;
      last.place = place;
    }
    exchange.place = nowhere;
    return true;
  }

  /** Those that were there at the start: what is done with one may end it. */
  [Symbol.iterator](): Iterator<OpenExchange> {
    return this.#all.slice()[Symbol.iterator]();
  }
}
