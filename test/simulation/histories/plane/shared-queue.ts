import type { ProjectId } from '../../../../src/domain/ids.ts';
import { later } from '../../../../src/domain/ids.ts';
import type { Queue } from '../../../../src/engine/queue.ts';
import type { WakeUp } from '../../../../src/engine/store.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import type { Scope } from '../machine/scope.ts';

type Work = (key: string, project: ProjectId) => Promise<void>;

interface Worker {
  readonly scope: Scope;
  readonly work: Work;
  readonly running: Map<string, WakeUp>;
  alarm: { readonly at: number; readonly timer: Disposable } | null;
}

const atOnce = 4;
const retryAfterMs = 1_000;
const longestWaitMs = 60_000;

/**
 * Wake-ups of all replicas in one place, as the database keeps them: each goes to one that is free and for whose clock it
 * is time, a key to one at a time. What one held that ended goes to another.
 */
export class SharedQueue {
  readonly #chance: Chance;
  readonly #waiting = new Map<string, WakeUp>();
  readonly #workers = new Set<Worker>();

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  add(wakeUps: readonly WakeUp[]): void {
    for (const wakeUp of wakeUps) {
      const before = this.#waiting.get(placeOf(wakeUp));
      if (before === undefined || wakeUp.at < before.at) this.#waiting.set(placeOf(wakeUp), wakeUp);
    }
    this.#offer();
  }

  /** The database was set back: what was waiting then does not matter, for whoever comes up wakes everything. */
  forget(): void {
    this.#waiting.clear();
  }

  /** As one replica sees it. */
  of(scope: Scope): Queue {
    let worker: Worker | null = null;
    return {
      start: async (work) => {
        worker = { scope, work, running: new Map(), alarm: null };
        this.#workers.add(worker);
        const mine = worker;
        scope.onEnd(() => this.#bury(mine));
        this.#offer();
      },
      stop: async () => {
        if (worker !== null) this.#bury(worker);
      },
    };
  }

  #bury(worker: Worker): void {
    if (!this.#workers.delete(worker)) return;
    worker.alarm?.timer[Symbol.dispose]();
    this.add([...worker.running.values()]);
  }

  /** To those that run, in no order that anybody could rely on. */
  #offer(): void {
    const free = [...this.#workers].filter(({ scope }) => scope.state === 'running');
    while (free.length > 0) {
      const [worker] = free.splice(Math.floor(this.#chance() * free.length), 1);
      if (worker !== undefined) this.#pump(worker);
    }
  }

  #pump(worker: Worker): void {
    const now = worker.scope.clock.now();
    const ready = [...this.#waiting.values()]
      .filter((one) => one.at <= now && !this.#isHeld(placeOf(one)))
      .toSorted((left, right) => left.at - right.at);
    for (const wakeUp of ready.slice(0, atOnce - worker.running.size)) this.#run(worker, wakeUp);
    this.#setAlarm(worker, now);
  }

  #isHeld(place: string): boolean {
    for (const { running } of this.#workers) if (running.has(place)) return true;
    return false;
  }

  #run(worker: Worker, wakeUp: WakeUp): void {
    const place = placeOf(wakeUp);
    this.#waiting.delete(place);
    worker.running.set(place, wakeUp);
    const work = async (): Promise<readonly WakeUp[]> => {
      try {
        await worker.work(wakeUp.key, wakeUp.project);
        return [];
      } catch {
        return [{ ...wakeUp, at: later(worker.scope.clock.now(), retryAfterMs) }];
      }
    };
    void work().then((again) => {
      if (worker.running.delete(place) && this.#workers.has(worker)) this.add(again);
      return again;
    });
  }

  #setAlarm(worker: Worker, now: number): void {
    let at = Number.POSITIVE_INFINITY;
    for (const one of this.#waiting.values()) if (one.at > now && one.at < at) at = one.at;
    if (at === worker.alarm?.at) return;
    worker.alarm?.timer[Symbol.dispose]();
    worker.alarm = null;
    if (at === Number.POSITIVE_INFINITY) return;
    const timer = worker.scope.clock.after(Math.min(at - now, longestWaitMs), () => {
      worker.alarm = null;
      this.#offer();
    });
    worker.alarm = { at, timer };
  }
}

const placeOf = ({ project, key }: WakeUp): string => `${project} ${key}`;
