import type { Deadlines } from './deadlines.ts';
import { InstanceConnection } from './instance-connection.ts';
import type { Limits } from './limits.ts';

/** The connections to one instance. The one that was used last is used first, so that those not needed grow old. */
export class InstancePool {
  readonly #address: string;
  readonly #deadlines: Deadlines;
  readonly #limits: Limits;
  readonly #all = new Set<InstanceConnection>();
  readonly #idle: InstanceConnection[] = [];

  constructor(address: string, deadlines: Deadlines, limits: Limits) {
    this.#address = address;
    this.#deadlines = deadlines;
    this.#limits = limits;
  }

  /** One that is idle and still to be trusted, or a new one. */
  take(nowMs: number): InstanceConnection {
    const idle = this.#idle.pop();
    if (idle === undefined) return this.fresh();
    if (idle.isOpen && idle.deadlineMs > nowMs) return idle;
    // All that lie below it have been idle for longer, but one may be trusted for longer, too.
    idle.destroy();
    return this.take(nowMs);
  }

  fresh(): InstanceConnection {
    const made = new InstanceConnection(this.#address, this, this.#deadlines, this.#limits);
    this.#all.add(made);
    return made;
  }

  onIdle(connection: InstanceConnection): void {
    this.#idle.push(connection);
  }

  onClosed(connection: InstanceConnection): void {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  destroy(): void {
    for (const connection of this.#all) connection.destroy();
  }
}
