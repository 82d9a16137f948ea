import type { Clock } from '../../../../src/engine/clock.ts';
import { clockOver } from '../../../../src/engine/virtual-clock.ts';
import type { Host } from './host.ts';
import type { Point, Side } from './points.ts';

/** What is to happen to a program at a point that it comes to later. */
export interface Trap {
  /** `replace`: it stands still, is taken for dead, and another one is started; later it goes on with what it was about to do. */
  readonly kind: 'kill' | 'stop' | 'replace';
  /** Where it springs; null: anywhere. */
  readonly at: { readonly point: Point; readonly side: Side } | null;
  /** So often is that passed before. */
  left: number;
}

export interface ScopeParts {
  readonly name: string;
  readonly host: Host;
  /** Called at every point that the program passes. */
  readonly onPoint: (point: Point, side: Side) => void;
  readonly onTrap: (trap: Trap, point: Point, side: Side) => void;
}

/**
 * One run of a program. All that it knows of time and of the world outside goes through here: so that, once it was
 * killed, nothing of it goes on, and while it is stopped, everything waits.
 */
export class Scope {
  readonly name: string;
  readonly clock: Clock;
  readonly #parts: ScopeParts;
  readonly #onEnd = new Set<() => void>();
  #state: 'running' | 'stopped' | 'ended' = 'running';
  #backlog: (() => void)[] = [];
  #trap: Trap | null = null;

  constructor(parts: ScopeParts) {
    this.#parts = parts;
    this.name = parts.name;
    const { host } = parts;
    const after: Clock['after'] = (ms, call) => host.after(ms, () => this.deliver(call));
    this.clock = clockOver({ now: host.now, monotonicMs: host.monotonicMs, after });
  }

  get state(): 'running' | 'stopped' | 'ended' {
    return this.#state;
  }

  /** Calls now; later, where it is stopped; never, where it has ended. */
  deliver(call: () => void): void {
    if (this.#state === 'running') call();
    else if (this.#state === 'stopped') this.#backlog.push(call);
  }

  /** kill -9 */
  end(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#backlog = [];
    for (const call of this.#onEnd) call();
  }

  onEnd(call: () => void): Disposable {
    this.#onEnd.add(call);
    return { [Symbol.dispose]: () => void this.#onEnd.delete(call) };
  }

  /** SIGSTOP */
  stop(): void {
    if (this.#state === 'running') this.#state = 'stopped';
  }

  /** SIGCONT */
  goOn(): void {
    if (this.#state !== 'stopped') return;
    this.#state = 'running';
    const backlog = this.#backlog;
    this.#backlog = [];
    for (const call of backlog) this.deliver(call);
  }

  /** Springs once what it waits for was passed so often. A new one replaces the one before. */
  setTrap(trap: Trap): void {
    this.#trap = trap;
  }

  /** Passes the point before and after the work. Never resolves once the program has ended. */
  async step<T>(point: Point, work: () => T | Promise<T>): Promise<T> {
    const before = this.pass(point, 'before');
    if (before !== null) await before;
    try {
      return await work();
    } finally {
      const after = this.pass(point, 'after');
      if (after !== null) await after;
    }
  }

  /** null: go on. Else what to wait for, perhaps for ever. */
  pass(point: Point, side: Side): Promise<void> | null {
    if (this.#state === 'running') {
      this.#parts.onPoint(point, side);
      this.#spring(point, side);
    }
    if (this.#state === 'running') return null;
    return this.#state === 'ended' ? new Promise(() => undefined) : this.#gate();
  }

  #gate(): Promise<void> {
    return new Promise((resolve) => this.deliver(resolve));
  }

  #spring(point: Point, side: Side): void {
    const trap = this.#trap;
    if (trap === null || (trap.at !== null && (trap.at.point !== point || trap.at.side !== side))) return;
    trap.left -= 1;
    if (trap.left > 0) return;
    this.#trap = null;
    this.#parts.onTrap(trap, point, side);
  }
}
