import { EventEmitter } from 'node:events';
import { type Runner, type WorkerEvents, type WorkerPool, run } from 'graphile-worker';
import { Pool } from 'pg';
import { type ProjectId, later } from '../../domain/ids.ts';
import type { Log } from '../../domain/log.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Queue } from '../../engine/queue.ts';
import type { WakeUp } from '../../engine/store.ts';
import { Claims } from './claims.ts';
import type { Listener } from './listener.ts';
import { type WakePayload, taskName } from './wake-ups.ts';
import { loggerTo } from './worker-log.ts';

export interface PostgresQueueParts {
  readonly url: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly listener: Listener;
  /** Puts a wake-up back, in a transaction of its own. */
  readonly wake: (wakeUp: WakeUp) => Promise<void>;
}

type Work = (key: string, project: ProjectId) => Promise<void>;

const atOnce = 4;
/** Only what is missed otherwise is found by polling: alarms and notifications are what is quick. Each worker does. */
const pollEveryMs = 4_000;
const buryEveryMs = 1_000;
const askAgainMs = 100;
const afterFailureMs = 1_000;
/** Alarms for what is further away are not set: polling finds it. */
const alarmWithinMs = 3_600_000;
/** A timer may go off a millisecond early, and then there would be nothing to find yet. */
const timerSlackMs = 2;

interface Open {
  readonly work: Work;
  readonly claims: Claims;
  readonly pool: Pool;
  runner: Runner | null;
  /** That can be told to look; null while there are none, or they are ending. */
  workers: WorkerPool | null;
}

/** Hands out wake-ups through graphile-worker: at least once, and a key to one worker at a time. */
export class PostgresQueue implements Queue {
  readonly #parts: PostgresQueueParts;
  readonly #running = new Map<string, Promise<void>>();
  readonly #alarms = new Map<number, Disposable>();
  #open: Open | null = null;
  #resources = new DisposableStack();

  constructor(parts: PostgresQueueParts) {
    this.#parts = parts;
  }

  async start(work: Work): Promise<void> {
    const { url, clock, log, listener } = this.#parts;
    const claims = new Claims(url, clock, log);
    const open: Open = { work, claims, pool: this.#pool(), runner: null, workers: null };
    this.#open = open;
    await this.#run(open);
    this.#resources.use(
      listener.on((news) => {
        if (news.kind === 'wake') this.#hear(news.at, news.count);
        if (news.kind === 'resync') this.#nudge(atOnce);
      }),
    );
    this.#resources.use(clock.every(buryEveryMs, () => this.#bury(claims)));
    await this.#bury(claims);
  }

  async stop(): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    this.#resources.dispose();
    this.#resources = new DisposableStack();
    for (const alarm of this.#alarms.values()) alarm[Symbol.dispose]();
    this.#alarms.clear();
    await open.runner?.stop().catch(() => {});
    await Promise.all(this.#running.values());
    await open.claims.close();
    await open.pool.end();
  }

  #pool(): Pool {
    const { url, log } = this.#parts;
    const onBroken = (error: Error): void =>
      log.warn({ code: 'database-away' }, `A connection broke: ${error.message}`);
    const pool = new Pool({
      connectionString: url,
      max: atOnce + 2,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    pool.on('error', onBroken);
    pool.on('connect', (client) => client.on('error', onBroken));
    return pool;
  }

  /**
   * The library ends its runner when it cannot write down that a job is done, and only with its batches on: without
   * them the failure would be an unhandled rejection and end the process. A new runner then does the job again. While
   * the old one waits for work under way, telling its workers that there is more would throw.
   */
  async #run(open: Open): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:gracefulShutdown', ({ workerPool }) => {
      if (open.workers === workerPool) open.workers = null;
    });
    open.runner = await run({
      pgPool: open.pool,
      events,
      noHandleSignals: true,
      logger: loggerTo(this.#parts.log),
      taskList: { [taskName]: (payload) => this.#take(payload as WakePayload, open) },
      preset: {
        plugins: [this.#registration(open)],
        worker: {
          concurrentJobs: atOnce,
          pollInterval: pollEveryMs,
          useNodeTime: true,
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    });
    const onEnd = (): void => this.#runAgain(open, 50);
    open.runner.promise.then(onEnd, onEnd);
  }

  #runAgain(open: Open, pauseMs: number): void {
    if (this.#open !== open) return;
    open.runner = null;
    open.workers = null;
    this.#parts.clock.after(pauseMs, () => {
      if (this.#open === open)
        this.#run(open).catch(() => this.#runAgain(open, Math.min(2_000, pauseMs * 2)));
    });
  }

  /** Before a worker takes its first job it is known, so that whoever finds it dead can free what it held. */
  #registration(open: Open): Plugin {
    let registered: Promise<void> | null = null;
    const startWorker = (_: unknown, { worker }: { worker: { workerPool: WorkerPool } }): Promise<void> => {
      open.workers = worker.workerPool;
      registered ??= this.#register(worker.workerPool.id, open);
      return registered;
    };
    return { name: 'RungLiveness', version: '1.0.0', worker: { hooks: { startWorker } } };
  }

  /** Until it works: the library would let the worker take jobs after a failure, too. */
  async #register(worker: string, open: Open): Promise<void> {
    while (this.#open === open) {
      try {
        await open.claims.register(worker);
        return;
      } catch {
        await this.#parts.clock.sleep(200);
      }
    }
  }

  /** Two jobs can hold one key: the one that runs, and the one put behind it. They take turns. */
  async #take({ key, project }: WakePayload, open: Open): Promise<void> {
    const place = `${project}/${key}`;
    for (let before = this.#running.get(place); before !== undefined; before = this.#running.get(place)) {
      await before;
    }
    const turn = this.#turn(place, { key, project: project as ProjectId }, open);
    this.#running.set(
      place,
      turn.catch(() => {}),
    );
    await turn.finally(() => this.#running.delete(place));
  }

  async #turn(
    place: string,
    { key, project }: { readonly key: string; readonly project: ProjectId },
    { claims, work }: Open,
  ): Promise<void> {
    const { clock, wake, log } = this.#parts;
    if (!(await claims.take(place))) {
      await wake({ key, project, at: later(clock.now(), askAgainMs) });
      return;
    }
    try {
      await work(key, project);
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      log.warn({ key }, `The queue keeps a wake-up that nobody could work on: ${message}`);
      await wake({ key, project, at: later(clock.now(), afterFailureMs) });
    } finally {
      await claims.release(place);
    }
  }

  #hear(at: number, count: number): void {
    const { clock } = this.#parts;
    const inMs = at - clock.now();
    if (inMs <= 0) this.#nudge(count);
    else if (inMs <= alarmWithinMs && !this.#alarms.has(at)) {
      this.#alarms.set(
        at,
        clock.after(inMs + timerSlackMs, () => {
          this.#alarms.delete(at);
          this.#nudge(count);
        }),
      );
    }
  }

  /** Each worker that waits is told once: the others that there are would find nothing. */
  #nudge(count: number): void {
    this.#open?.workers?.nudge(Math.min(atOnce, count));
  }

  async #bury(claims: Claims): Promise<void> {
    try {
      const buried = await claims.buryDead();
      if (buried === 0) return;
      this.#parts.log.info({ buried }, 'Took over the wake-ups of workers that are gone');
      this.#open?.workers?.nudge(atOnce);
    } catch {
      // The database is away: whoever needs it says so, and this is tried again.
    }
  }
}

type Plugin = NonNullable<GraphileConfig.Preset['plugins']>[number];
