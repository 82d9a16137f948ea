import { Worker } from 'node:worker_threads';
import { root } from '../architecture/source.ts';
import type { MutatedCode } from './code.ts';
import type { Answer, Covered, Order, ThreadData, Tried, UnitName } from './thread/messages.ts';

/** How much processor time a thread may take for a unit of tests before that counts as one that never ends. */
export type LimitOf = (unit: UnitName) => number;

const noMutant = -1;

/** A thread that does one thing after the other, and is replaced when it does not come to an end. */
export class Hand {
  readonly #code: MutatedCode;
  readonly #mutant: number;
  #thread: Worker | null = null;
  /** Where its next answer goes; null: it died. */
  #heard: (answer: Answer | null) => void = () => undefined;

  /** `mutant`: there from the first line that is loaded on. */
  constructor(code: MutatedCode, mutant = noMutant) {
    this.#code = code;
    this.#mutant = mutant;
  }

  async cover(file: string, limitMs: number): Promise<Covered> {
    const answer = await this.#ask({ kind: 'cover', file }, limitMs, () => limitMs);
    return answer?.kind === 'covered' ? answer.covered : { file, units: [], loading: [] };
  }

  async try(mutant: number, units: readonly UnitName[], limitOf: LimitOf): Promise<Tried> {
    let last = units[0] ?? null;
    const note: LimitOf = (unit) => {
      last = unit;
      return limitOf(unit);
    };
    const answer = await this.#ask({ kind: 'try', mutant, units }, 60_000, note);
    if (answer?.kind === 'tried') return answer.tried;
    return { foundBy: last, why: 'It never ends.', isDoubtful: false };
  }

  /** Its answer; null: it took too much of the processor's time, which a busy machine does not add to, or died. */
  #ask(order: Order, firstMs: number, limitOf: LimitOf): Promise<Answer | null> {
    const thread = this.#started();
    return new Promise((resolve) => {
      let [fromMs, limitMs] = [Number.NaN, firstMs];
      let isOver = false;
      const look = async (): Promise<void> => {
        const { user, system } = await thread.cpuUsage();
        // What it was asked for may have come meanwhile, and the next thing be under way.
        if (isOver) return;
        const usedMs = (user + system) / 1000;
        if (Number.isNaN(fromMs)) fromMs = usedMs;
        else if (usedMs - fromMs > limitMs) end(null);
      };
      const looking = setInterval(() => void look().catch(() => undefined), 1_000);
      const end = (answer: Answer | null): void => {
        isOver = true;
        clearInterval(looking);
        this.#heard = () => undefined;
        if (answer === null) void this.end();
        resolve(answer);
      };
      this.#heard = (answer) => {
        if (answer?.kind !== 'began') return end(answer);
        [fromMs, limitMs] = [Number.NaN, limitOf(answer.unit)];
      };
      thread.postMessage(order, []);
    });
  }

  #started(): Worker {
    this.#thread ??= this.#start();
    return this.#thread;
  }

  #start(): Worker {
    const data: ThreadData = {
      root,
      sources: this.#code.sources,
      mutants: this.#code.mutants.length,
      mutant: this.#mutant,
    };
    const thread = new Worker(new URL('thread/thread.ts', import.meta.url), {
      workerData: data,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 2_000 },
    });
    const isOurs = (): boolean => this.#thread === thread;
    thread.on('message', (answer: Answer) => isOurs() && this.#heard(answer));
    thread.once('error', () => isOurs() && this.#heard(null));
    thread.once('exit', () => isOurs() && this.#heard(null));
    return thread;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }

  async end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.terminate();
  }
}
