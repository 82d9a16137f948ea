import { get } from 'node:http';
import { systemClock } from '../../src/engine/clock.ts';
import type { Rung } from './rung.ts';

export type Trouble = string;

/** Uses prod as clients do, one request after another on two lanes, and looks at the board meanwhile. */
export class Witness implements AsyncDisposable {
  readonly killed: string[] = [];
  readonly #allowed: readonly string[];
  readonly #outageMs: number;
  readonly #answers = new Map<string, number>();
  readonly #stopping = new AbortController();
  readonly #found: Trouble[] = [];
  readonly #running: readonly Promise<void>[];
  readonly #rung: Rung;
  #hurt: { readonly victim: string; readonly atMs: number } | null = null;
  #worst = { victim: 'nothing', ms: 0 };
  #failures = 0;

  static async start(rung: Rung, versions: readonly string[], outageMs: number): Promise<Witness> {
    return new Witness(rung, await rung.urlOf('prod'), versions, outageMs);
  }

  private constructor(rung: Rung, url: string, versions: readonly string[], outageMs: number) {
    this.#rung = rung;
    this.#allowed = versions;
    this.#outageMs = outageMs;
    this.#running = [this.#shop(url), this.#shop(url), this.#lookAtBoard()];
  }

  /** Something that serves is about to be killed: requests may fail for a while. */
  expectsTrouble(victim: string): void {
    this.#hurt = { victim, atMs: systemClock.monotonicMs() };
  }

  troubles(): readonly Trouble[] {
    return this.#found;
  }

  summary(): string {
    const answers = [...this.#answers].map(([what, count]) => `${count} × ${what}`).join(', ');
    const worst =
      this.#failures === 0
        ? ''
        : `; last failure ${this.#worst.ms.toFixed(0)} ms after ${this.#worst.victim}`;
    return `${answers}; ${this.#failures} failed${worst}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
  }

  async #shop(url: string): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const answer = await ask(url);
      if (answer === null || !this.#allowed.includes(answer)) this.#failed(answer ?? 'no answer');
      else this.#answers.set(answer, (this.#answers.get(answer) ?? 0) + 1);
      await systemClock.sleep(20);
    }
  }

  #failed(what: string): void {
    this.#failures += 1;
    const sinceMs = systemClock.monotonicMs() - (this.#hurt?.atMs ?? 0);
    const victim = this.#hurt?.victim ?? 'nothing';
    if (sinceMs > this.#worst.ms && this.#hurt !== null) this.#worst = { victim, ms: sinceMs };
    if (this.#hurt !== null && sinceMs <= this.#outageMs) return;
    const when =
      this.#hurt === null
        ? 'although nothing that serves was killed'
        : `${sinceMs.toFixed(0)} ms after ${victim} was killed`;
    if (this.#found.length < 5)
      this.#found.push(`a request failed (${what}) ${when}; killed so far: ${this.killed.join(', ')}`);
  }

  async #lookAtBoard(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const board = await this.#rung.board().catch(() => null);
      const live = board?.rollouts.filter((one) => one.environment === 'prod').length ?? 0;
      if (live > 1) this.#found.push(`${live} rollouts live in prod at once`);
      await systemClock.sleep(300);
    }
  }
}

/** The body, or what is wrong; null where no answer came. */
const ask = (url: string): Promise<string | null> =>
  new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 10_000 }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on('end', () =>
        resolve(answer.statusCode === 200 ? text : `${answer.statusCode} ${text.slice(0, 100)}`),
      );
      answer.on('error', () => resolve(null));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
  });
