import { type Instant, type ProjectId, later } from '../../domain/ids.ts';
import type { Log } from '../../domain/log.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Queue } from '../../engine/queue.ts';
import type { WakeUp } from '../../engine/store.ts';

const atOnce = 4;
const retryAfterMs = 1_000;
/** The clock that says when may be set while we wait by another. */
const longestWaitMs = 60_000;

/** Wake-ups on a clock, in the order of their times. What the process forgets when it ends. */
export class MemoryQueue implements Queue {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #waiting = new Map<string, WakeUp>();
  readonly #running = new Map<string, Promise<void>>();
  #work: ((key: string, project: ProjectId) => Promise<void>) | null = null;
  #alarm: { readonly at: Instant; readonly timer: Disposable } | null = null;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  async start(work: (key: string, project: ProjectId) => Promise<void>): Promise<void> {
    this.#work = work;
    this.#pump();
  }

  async stop(): Promise<void> {
    this.#work = null;
    this.#alarm?.timer[Symbol.dispose]();
    this.#alarm = null;
    await Promise.all(this.#running.values());
  }

  /** The earliest time wins. Called by the store once the transaction has committed. */
  add(wakeUps: readonly WakeUp[]): void {
    for (const wakeUp of wakeUps) {
      const place = placeOf(wakeUp);
      const before = this.#waiting.get(place);
      if (before === undefined || wakeUp.at < before.at) this.#waiting.set(place, wakeUp);
    }
    this.#pump();
  }

  #pump(): void {
    if (this.#work === null) return;
    const now = this.#clock.now();
    const ready = [...this.#waiting.values()]
      .filter((wakeUp) => wakeUp.at <= now && !this.#running.has(placeOf(wakeUp)))
      .toSorted((left, right) => left.at - right.at);
    for (const wakeUp of ready.slice(0, atOnce - this.#running.size)) this.#run(wakeUp, this.#work);
    this.#setAlarm();
  }

  #run(wakeUp: WakeUp, work: (key: string, project: ProjectId) => Promise<void>): void {
    const place = placeOf(wakeUp);
    this.#waiting.delete(place);
    const turn = async (): Promise<void> => {
      try {
        await work(wakeUp.key, wakeUp.project);
      } catch (thrown) {
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        this.#log.warn(
          { key: wakeUp.key },
          `The queue keeps a wake-up that nobody could work on: ${message}`,
        );
        this.add([{ ...wakeUp, at: later(this.#clock.now(), retryAfterMs) }]);
      } finally {
        this.#running.delete(place);
        this.#pump();
      }
    };
    this.#running.set(place, turn());
  }

  #setAlarm(): void {
    const times = [...this.#waiting.values()].map(({ at }) => at).filter((at) => at > this.#clock.now());
    const at = times.reduce<Instant | undefined>(
      (first, one) => (first === undefined || one < first ? one : first),
      undefined,
    );
    if (at === this.#alarm?.at) return;
    this.#alarm?.timer[Symbol.dispose]();
    this.#alarm = at === undefined ? null : { at, timer: this.#ringAt(at) };
  }

  #ringAt(at: Instant): Disposable {
    return this.#clock.after(Math.min(at - this.#clock.now(), longestWaitMs), () => {
      this.#alarm = null;
      this.#pump();
    });
  }
}

const placeOf = ({ project, key }: WakeUp): string => `${project} ${key}`;
