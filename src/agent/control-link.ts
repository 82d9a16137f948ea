import { isFailure } from '../domain/failure.ts';
import type { Clock } from '../engine/clock.ts';
import type { Log } from '../ports/provider.ts';
import type { ControlClient } from './control-client.ts';

/** The way to the control plane, and whether it is there. What goes wrong is logged once, not for every try. */
export class ControlLink {
  readonly client: ControlClient;
  readonly #clock: Clock;
  readonly #log: Log;
  #trouble: string | null = null;
  #resting = new AbortController();

  constructor(client: ControlClient, clock: Clock, log: Log) {
    this.client = client;
    this.#clock = clock;
    this.#log = log;
  }

  /** Code of what is wrong now; null while all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }

  answered(): void {
    if (this.#trouble === null) return;
    this.#log.info({ after: this.#trouble }, 'The control plane is back');
    this.#trouble = null;
    this.mayBeBack();
  }

  /** Before the next try. Ends at once when the control plane may be back. */
  async rest(ms: number, signal: AbortSignal): Promise<void> {
    const until = AbortSignal.any([this.#resting.signal, signal]);
    await this.#clock.sleep(ms, until).catch(() => undefined);
  }

  /** Whoever waits for its next try has it now. */
  mayBeBack(): void {
    this.#resting.abort();
    this.#resting = new AbortController();
  }

  failed(thrown: unknown): void {
    const code = isFailure(thrown) ? thrown.code : 'defect';
    if (code === this.#trouble || code === 'interrupted') return;
    this.#trouble = code;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    this.#log.warn({ code }, `${message} The agent goes on with what it was last asked for.`);
  }
}
