import { isFailure } from '../../../src/domain/failure.ts';
import type { VirtualClock } from '../../../src/engine/virtual-clock.ts';
import type { Chance } from '../../../src/simulate/chance.ts';
import { spanMs } from './machine/chance.ts';
import type { Host } from './machine/host.ts';
import { Pace } from './machine/pace.ts';
import type { Point, Side } from './machine/points.ts';
import { Scope, type Trap } from './machine/scope.ts';
import type { Trace } from './machine/trace.ts';
import type { Reached } from './reached.ts';

export interface ProgramParts<T> {
  readonly name: string;
  readonly host: Host;
  readonly start: (scope: Scope) => Promise<T>;
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly reached: Reached;
  readonly chance: Chance;
  /** It does the same over and over, and nothing comes of it. */
  readonly onHurry: (point: Point) => void;
}

const fates = { kill: 'killed', stop: 'stopped', replace: 'stopped and replaced' } as const;

/** A program that a supervisor starts again whenever it ended. */
export class Program<T> {
  readonly #parts: ProgramParts<T>;
  readonly #pace = new Pace();
  #scope: Scope | null = null;
  /** Taken for dead, and not. */
  #replaced: Scope | null = null;
  #running: T | null = null;
  #nextStart: Disposable | null = null;
  #nextGoOn: Disposable | null = null;
  #changedMs = 0;

  constructor(parts: ProgramParts<T>) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.name;
  }

  get host(): Host {
    return this.#parts.host;
  }

  /** null while it is not up. */
  get running(): T | null {
    return this.#running;
  }

  /** When it last came up, ended, stood still or went on; on the world's clock. */
  get changedMs(): number {
    return this.#changedMs;
  }

  get scope(): Scope | null {
    return this.#scope;
  }

  start(): void {
    if (this.#scope !== null) return;
    const { name, host, reached, trace } = this.#parts;
    this.#nextStart?.[Symbol.dispose]();
    this.#nextStart = null;
    trace.add(name, 'starts');
    const scope = new Scope({
      name,
      host,
      onPoint: (point, side) => this.#pass(scope, point, side),
      onTrap: (trap, point, side) => {
        reached.spring(trap.kind, point, side);
        trace.add(name, `is ${fates[trap.kind]} ${side} ${point}`);
        if (scope === this.#scope) this.#sprung(trap);
        else this.endReplaced();
      },
    });
    this.#scope = scope;
    void this.#begin(scope);
  }

  async #begin(scope: Scope): Promise<void> {
    try {
      const running = await this.#parts.start(scope);
      if (this.#scope === scope) {
        this.#running = running;
        this.#noteChange();
      }
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.kind === 'defect') throw thrown;
      this.#parts.trace.add(this.name, `could not start: ${thrown.code}`);
      this.#end(scope, 1_000);
    }
  }

  /** kill -9; it is started again after a while. */
  kill(againAfterMs: number): void {
    const scope = this.#scope;
    if (scope === null) return;
    this.#nextGoOn?.[Symbol.dispose]();
    this.#scope = null;
    this.#running = null;
    this.#noteChange();
    scope.end();
    this.#nextStart = this.#parts.clock.after(againAfterMs, () => this.start());
  }

  /** SIGSTOP, and SIGCONT after a while. */
  stop(forMs: number): void {
    const scope = this.#scope;
    if (scope === null) return;
    scope.stop();
    this.#noteChange();
    this.#nextGoOn?.[Symbol.dispose]();
    this.#nextGoOn = this.#parts.clock.after(forMs, () => this.goOn());
  }

  /** One run of it. */
  #end(scope: Scope, againAfterMs: number): void {
    if (this.#scope === scope) this.kill(againAfterMs);
    else scope.end();
  }

  /** The machine that it runs on is off: so is what was taken for dead there. */
  cutPower(againAfterMs: number): void {
    this.endReplaced();
    this.kill(againAfterMs);
  }

  /** What was taken for dead is. */
  endReplaced(): void {
    if (this.#replaced === null) return;
    this.#replaced.end();
    this.#replaced = null;
    this.#noteChange();
  }

  /**
   * It only stands still, and another one is started beside it. Later it goes on with what it was about to do, until it
   * has passed so many points, and somebody notices.
   */
  #replace(forMs: number, pointsLeft: number): void {
    const { clock, trace } = this.#parts;
    const replaced = this.#scope;
    if (replaced === null) return;
    replaced.stop();
    this.#nextGoOn?.[Symbol.dispose]();
    this.endReplaced();
    this.#replaced = replaced;
    this.#scope = null;
    this.#running = null;
    this.#noteChange();
    this.start();
    clock.after(forMs, () => {
      if (replaced.state === 'ended') return;
      trace.add(this.name, 'goes on beside its successor');
      this.#noteChange();
      replaced.setTrap({ kind: 'kill', at: null, left: pointsLeft });
      replaced.goOn();
    });
  }

  goOn(): void {
    if (this.#scope?.state !== 'stopped') return;
    this.#parts.trace.add(this.name, 'goes on');
    this.#noteChange();
    this.#scope.goOn();
  }

  #pass(scope: Scope, point: Point, side: Side): void {
    const { reached, clock, onHurry } = this.#parts;
    reached.pass(point, side);
    if (!this.#pace.isTooFast(clock.monotonicMs())) return;
    onHurry(point);
    // What goes round without any time passing would keep the world's clock, and the history, from ever going on.
    this.#end(scope, 60_000);
  }

  #noteChange(): void {
    this.#changedMs = this.#parts.clock.monotonicMs();
  }

  #sprung({ kind }: Trap): void {
    const { chance } = this.#parts;
    if (kind === 'kill') this.kill(spanMs(chance, 100, 60_000));
    else if (kind === 'stop') this.stop(spanMs(chance, 100, 300_000));
    else this.#replace(spanMs(chance, 1_000, 600_000), spanMs(chance, 1, 6));
  }
}
