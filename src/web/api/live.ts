import { followEvents, type News } from '../../client/index.ts';
import { serverNow } from '../time/now.ts';
import { client } from './calls.ts';
import { isSignedOut } from './failure.ts';
import type { EventView, RolloutView } from './views.ts';

/** How the page stands with the server. `heardAt` is the age of what is seen. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'lost'; readonly heardAt: number }
  | { readonly state: 'signed out' };

export interface LiveListener {
  /** In the order of their positions. */
  event(event: EventView): void;
  figures(rollout: RolloutView): void;
  /** The stream goes on after a break: what is seen may be old. */
  resumed(): void;
}

/** The server gives a sign of life every 15 s. Two that fail to come are a dead line. */
const silenceMs = 35_000;
/** An answer that does not get better by itself is asked for again no more often. */
const afterRefusalMs = 10_000;

/** Follows a project's events until it is disposed; comes back by itself, from where it was. */
export class LiveStream {
  readonly #listener: LiveListener;
  readonly #watchers = new Set<() => void>();
  readonly #end = new AbortController();
  #connection: Connection = { state: 'connecting' };
  #heardAt = serverNow();
  #retry: () => void = () => undefined;

  constructor(listener: LiveListener) {
    this.#listener = listener;
  }

  readonly connection = (): Connection => this.#connection;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Tries again at once, for a person who does not want to wait. */
  readonly retryNow = (): void => this.#retry();

  /** Starts after a position of the log, which is where the board was read. */
  start(project: string, position: number): Disposable {
    const back = (): void => this.#retry();
    globalThis.addEventListener('online', back);
    void this.#follow(project, position);
    return {
      [Symbol.dispose]: () => {
        this.#end.abort();
        globalThis.removeEventListener('online', back);
      },
    };
  }

  async #follow(project: string, from: number): Promise<void> {
    const { signal } = this.#end;
    let after = from;
    while (!signal.aborted) {
      try {
        for await (const news of this.#newsOf(project, after)) {
          if (news.kind === 'event') after = news.event.position;
          this.#take(news);
        }
      } catch (thrown) {
        if (signal.aborted) return;
        if (isSignedOut(thrown)) {
          this.#become({ state: 'signed out' });
          return;
        }
        // What stands between here and Rung may answer something else while it is changed: that, too, is over some time.
        this.#lose();
        await this.#sleep(afterRefusalMs, signal).catch(() => undefined);
      }
    }
  }

  #newsOf(project: string, after: number): AsyncIterable<News> {
    return followEvents(client, project, { after, signal: this.#end.signal, silenceMs, sleep: this.#sleep });
  }

  #take(news: News): void {
    if (news.kind === 'lost') {
      this.#lose();
      return;
    }
    this.#hear();
    if (news.kind === 'event') this.#listener.event(news.event);
    if (news.kind === 'figures') this.#listener.figures(news.rollout);
  }

  #hear(): void {
    const { state } = this.#connection;
    this.#heardAt = serverNow();
    if (state === 'live') return;
    this.#become({ state: 'live' });
    if (state === 'lost') this.#listener.resumed();
  }

  #lose(): void {
    if (this.#connection.state !== 'lost') this.#become({ state: 'lost', heardAt: this.#heardAt });
  }

  #become(connection: Connection): void {
    this.#connection = connection;
    for (const watcher of this.#watchers) watcher();
  }

  /** Waits between two tries are given the signal of the whole, and can be cut short; waits for silence cannot. */
  readonly #sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal?.addEventListener('abort', stop, { once: true });
      if (signal === this.#end.signal) this.#retry = wake;
    });
}
