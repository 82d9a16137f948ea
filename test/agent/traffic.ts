/** Sends one request after another on each of its lanes, and never sends one twice. */
export class Clients implements AsyncDisposable {
  readonly answers = new Map<string, number>();
  failures = 0;
  longestMs = 0;
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #lanes: readonly Promise<void>[];

  constructor(url: string, lanes = 4) {
    this.#lanes = Array.from({ length: lanes }, () => this.#run(url));
  }

  count(answer: string): number {
    return this.answers.get(answer) ?? 0;
  }

  /** Resolves once each request that is under way now was answered, and counted. */
  async answered(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#lanes);
  }

  async #run(url: string): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const once = this.#ask(url);
      this.#underWay.add(once);
      await once;
      this.#underWay.delete(once);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async #ask(url: string): Promise<void> {
    const startedMs = performance.now();
    const answer = await fetch(url).then(
      async (response) => `${response.status} ${await response.text()}`,
      () => 'failed',
    );
    if (answer === 'failed') this.failures += 1;
    this.longestMs = Math.max(this.longestMs, performance.now() - startedMs);
    this.answers.set(answer, this.count(answer) + 1);
  }
}
