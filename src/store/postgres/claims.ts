import { Client } from 'pg';
import type { Log } from '../../domain/log.ts';
import type { Clock } from '../../engine/clock.ts';
import { databaseAway } from '../failures.ts';

/** Who lives asks for the dead every second. */
const standsStillAfterMs = 10_000;

/**
 * What this process holds while it lives: a lock that says "this worker is alive", and one for each key it works
 * on. They belong to one connection, so PostgreSQL frees them the moment the process dies, whatever any clock says; and
 * when a process that stands still has said nothing on it for a while, though it should have looked for the dead.
 * When the connection alone is lost, so are the locks, and two may work on a key for a moment: the serializable
 * transaction is what keeps that harmless.
 */
export class Claims {
  readonly #url: string;
  readonly #clock: Clock;
  readonly #log: Log;
  #client: Client | null = null;
  #opening: Promise<Client> | null = null;
  #worker: string | null = null;
  #isClosed = false;
  #last: Promise<void> = Promise.resolve();

  constructor(url: string, clock: Clock, log: Log) {
    this.#url = url;
    this.#clock = clock;
    this.#log = log;
  }

  /**
   * Says that the worker of this name lives, now and after each reconnection, and frees what the one before it in
   * this process still held. Call it before it takes any job.
   */
  async register(worker: string): Promise<void> {
    const before = this.#worker;
    this.#worker = worker;
    await this.#inTurn((client) => announce(client, worker));
    if (before !== null && before !== worker) await this.#inTurn((client) => renounce(client, before));
  }

  /** false: another process works on the key. Throws `database-away`. */
  async take(key: string): Promise<boolean> {
    const text = 'select pg_try_advisory_lock(hashtextextended($1, 1)) as taken';
    const rows = await this.#inTurn(
      async (client) => (await client.query<{ taken: boolean }>({ name: 'take', text, values: [key] })).rows,
    );
    return rows[0]?.taken === true;
  }

  async release(key: string): Promise<void> {
    if (this.#client === null) return;
    const text = 'select pg_advisory_unlock(hashtextextended($1, 1))';
    await this.#inTurn((client) => client.query({ name: 'release', text, values: [key] })).catch(() => {});
  }

  /** Frees the jobs of workers that are gone. Returns how many workers that were. */
  async buryDead(): Promise<number> {
    const worker = this.#worker ?? '';
    const rows = await this.#inTurn(
      async (client) => (await client.query<{ buried: number }>(burial, [worker])).rows,
    );
    return rows[0]?.buried ?? 0;
  }

  /** Leaves nothing behind that others would have to bury. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
    const client = this.#client;
    this.#client = null;
    if (client === null) return;
    if (this.#worker !== null) {
      await client.query('delete from workers where worker = $1', [this.#worker]).catch(() => {});
    }
    await client.end().catch(() => {});
  }

  /** A connection answers one question at a time. */
  #inTurn<T>(ask: (client: Client) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#connected()).then(ask);
    this.#last = turn.then(nothing, nothing);
    return turn;
  }

  async #connected(): Promise<Client> {
    if (this.#client !== null) return this.#client;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #open(): Promise<Client> {
    const client = new Client({
      connectionString: this.#url,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    const onLost = (): void => {
      if (this.#client === client) this.#lost();
    };
    client.on('error', onLost);
    client.on('end', onLost);
    try {
      await client.connect();
      await client.query(`set idle_session_timeout = ${standsStillAfterMs}`);
      if (this.#worker !== null) await announce(client, this.#worker);
      if (this.#isClosed) throw databaseAway(new Error('closed'));
    } catch (thrown) {
      // It may hold the lock that the next one waits for.
      await client.end().catch(nothing);
      throw thrown;
    }
    this.#client = client;
    return client;
  }

  #lost(): void {
    this.#client = null;
    if (this.#isClosed) return;
    this.#log.warn({ code: 'database-away' }, 'The connection that holds the locks of this worker was lost');
    this.#comeBack(100);
  }

  #comeBack(pauseMs: number): void {
    this.#clock.after(pauseMs, () => {
      if (this.#isClosed) return;
      this.#connected().catch(() => this.#comeBack(Math.min(5_000, pauseMs * 2)));
    });
  }
}

const nothing = (): undefined => undefined;

/** The lock first: a row without one is a dead worker. */
async function announce(client: Client, worker: string): Promise<void> {
  await client.query('select pg_advisory_lock(hashtextextended($1, 2))', [worker]);
  await client.query('insert into workers (worker) values ($1) on conflict do nothing', [worker]);
}

/** The row last: as long as it is there, somebody will free what the worker held. */
async function renounce(client: Client, worker: string): Promise<void> {
  await client.query('select graphile_worker.force_unlock_workers(array[$1]::text[])', [worker]);
  await client.query('delete from workers where worker = $1', [worker]);
  await client.query('select pg_advisory_unlock(hashtextextended($1, 2))', [worker]);
}

/** Whose lock can be taken is dead: PostgreSQL let go of it. One statement, so that one of us does it. */
const burial = `
  with dead as materialized (
    select worker from workers
    where worker <> $1 and pg_try_advisory_xact_lock(hashtextextended(worker, 2))
  ), gone as (
    delete from workers using dead where workers.worker = dead.worker returning 1
  ), freed as materialized (
    select graphile_worker.force_unlock_workers(array(select worker from dead))
  )
  select (select count(*) from gone)::integer as buried, (select count(*) from freed)`;
