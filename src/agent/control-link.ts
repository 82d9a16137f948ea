import { isFailure } from '../domain/failure.ts';
import type { Log } from '../ports/provider.ts';
import type { ControlClient } from './control-client.ts';

/** The way to the control plane, and whether it is there. What goes wrong is logged once, not for every try. */
export class ControlLink {
  readonly client: ControlClient;
  readonly #log: Log;
  #trouble: string | null = null;

  constructor(client: ControlClient, log: Log) {
    this.client = client;
    this.#log = log;
  }

  /** Code of what is wrong now; null while all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }

  answered(): void {
    if (this.#trouble !== null) this.#log.info({ after: this.#trouble }, 'The control plane is back');
    this.#trouble = null;
  }

  failed(thrown: unknown): void {
    const code = isFailure(thrown) ? thrown.code : 'defect';
    if (code === this.#trouble || code === 'interrupted') return;
    this.#trouble = code;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    this.#log.warn({ code }, `${message} The agent goes on with what it was last asked for.`);
  }
}
