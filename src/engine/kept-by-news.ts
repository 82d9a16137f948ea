import type { Store } from './store.ts';

interface Kept<V> {
  readonly value: V;
  /** Of `Store.hearing`, when it was read. */
  readonly stretch: number;
}

/**
 * What was read of a store, kept because the store tells of changes. The one rule for all that is kept so and decides who
 * may do something: it is good only in the stretch of hearing that it was read in. While the store hears nothing, every
 * question is read anew and nothing of it is kept; once it hears again, nothing that was kept before counts.
 */
export class KeptByNews<K, V> {
  readonly #store: Pick<Store, 'hearing'>;
  readonly #kept = new Map<K, Kept<V>>();
  #changes = 0;

  constructor(store: Pick<Store, 'hearing'>) {
    this.#store = store;
  }

  /** Kept or read. What is not there is not kept. */
  async get(key: K, read: () => Promise<V | undefined>): Promise<V | undefined> {
    const stretch = this.#store.hearing();
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.stretch === stretch) return kept.value;
    const changes = this.#changes;
    const value = await read();
    if (value !== undefined && stretch !== null && this.#isAsBefore(stretch, changes))
      this.#kept.set(key, { value, stretch });
    return value;
  }

  /** It changed: this one, or nobody knows which. */
  forget(key?: K): void {
    this.#changes += 1;
    if (key === undefined) this.#kept.clear();
    else this.#kept.delete(key);
  }

  /** What is read may have changed meanwhile. */
  #isAsBefore(stretch: number, changes: number): boolean {
    return this.#store.hearing() === stretch && this.#changes === changes;
  }
}
