/** Those who want to be called. One that throws does not keep the others from being called. */
export class Callers<T> {
  readonly #calls = new Set<(news: T) => void>();

  add(call: (news: T) => void): Disposable {
    const own = (news: T): void => call(news);
    this.#calls.add(own);
    return { [Symbol.dispose]: () => this.#calls.delete(own) };
  }

  /** Calls each after what runs now has ended, so that a writer never runs a reader's code. */
  call(news: T): void {
    for (const call of this.#calls) queueMicrotask(() => this.#calls.has(call) && call(news));
  }
}
