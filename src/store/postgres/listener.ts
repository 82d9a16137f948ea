import { type Kysely, sql } from 'kysely';
import { Client } from 'pg';
import { type Instant, type ProjectId, instant } from '../../domain/ids.ts';
import type { EventKind } from '../../domain/event.ts';
import type { Log } from '../../domain/log.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Chained } from '../../engine/store.ts';
import { Callers } from '../callers.ts';
import { tellByShape } from './ask-by-shape.ts';
import { Hearing } from './hearing.ts';
import { holdHome } from './home.ts';
import type { Tables } from './schema.ts';

const channel = 'rung';

/** What is told between replicas. It only says "look": what was missed is found by looking. */
export type News =
  | { readonly kind: 'appended'; readonly project: ProjectId; readonly kinds: readonly EventKind[] }
  | { readonly kind: 'chained'; readonly project: ProjectId; readonly what: Chained }
  /** So many of them. */
  | { readonly kind: 'wake'; readonly at: Instant; readonly count: number }
  /** The connection was lost and is back: anything may have been missed. */
  | { readonly kind: 'resync' };

export const appendedNews = (project: ProjectId, kinds: readonly EventKind[]): string =>
  `appended ${project} ${kinds.join(',')}`;
export const chainedNews = (project: ProjectId, what: NonNullable<Chained>): string =>
  `chained ${project} ${what}`;
export const wakeNews = (at: Instant, count: number): string => `wake ${at} ${count}`;

/** Told when the transaction commits, once for each text. */
export async function notify(db: Kysely<Tables>, texts: readonly string[]): Promise<void> {
  await tellByShape(
    db,
    'notify',
    [channel, texts],
    () => sql`select pg_notify(${channel}, text) from unnest(${texts}::text[]) as text`,
  );
}

const chainedIn = (text: string): Chained => (text === 'events' || text === 'checkpoint' ? text : null);

const longestPauseMs = 5_000;

/** One connection that hears what others committed. Comes back by itself, and says `resync` when it does. */
export class Listener {
  readonly #url: string;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #home: string | null;
  readonly #callers = new Callers<News>();
  readonly #hearing: Hearing;
  readonly #closing = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  /** `home`: see `holdHome`. */
  constructor(url: string, clock: Clock, log: Log, home: string | null) {
    this.#url = url;
    this.#clock = clock;
    this.#log = log;
    this.#home = home;
    this.#hearing = new Hearing(clock);
  }

  on(call: (news: News) => void): Disposable {
    return this.#callers.add(call);
  }

  /** See `Store.hearing`. */
  hearing(): number | null {
    return this.#hearing.stretch();
  }

  /** Resolves once it hears for the first time; goes on in the background. */
  open(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ended = this.#stayConnected(resolve);
    return promise;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#ended;
  }

  async #stayConnected(onFirst: () => void): Promise<void> {
    let pauseMs = 50;
    while (!this.#closing.signal.aborted) {
      try {
        await this.#hearUntilLost(() => {
          pauseMs = 50;
          onFirst();
          this.#callers.call({ kind: 'resync' });
        });
      } catch (thrown) {
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        this.#log.warn({ code: 'database-away', pauseMs }, `Not hearing what others commit: ${message}`);
      }
      await this.#clock.sleep(pauseMs, this.#closing.signal).catch(() => {});
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
    onFirst();
  }

  async #hearUntilLost(onConnected: () => void): Promise<void> {
    const client = new Client({
      connectionString: this.#url,
      application_name: 'rung news',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    const lost = Promise.withResolvers<void>();
    const onAbort = (): void => lost.resolve();
    this.#closing.signal.addEventListener('abort', onAbort);
    client.on('error', lost.reject);
    client.on('end', () => lost.reject(new Error('the connection ended')));
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    lost.promise.catch(() => {});
    try {
      await client.connect();
      if (this.#home !== null) await holdHome(client, this.#home);
      const sinceMs = this.#clock.monotonicMs();
      await client.query(`listen ${channel}`);
      this.#hearing.begin(client, sinceMs, lost.reject);
      onConnected();
      await lost.promise;
    } finally {
      this.#hearing.end();
      this.#closing.signal.removeEventListener('abort', onAbort);
      await client.end().catch(() => {});
    }
  }

  #hear(text: string): void {
    // A thousand agents may be told of it, and each of their keys is looked at: by then it is known that all is heard.
    this.#hearing.askAgain();
    const [kind, about = '', more = ''] = text.split(' ');
    if (kind === 'appended')
      this.#callers.call({ kind, project: about as ProjectId, kinds: more.split(',') as EventKind[] });
    if (kind === 'chained') this.#callers.call({ kind, project: about as ProjectId, what: chainedIn(more) });
    if (kind === 'wake')
      this.#callers.call({ kind, at: instant(Number(about)), count: Math.max(1, Number(more)) });
  }
}
