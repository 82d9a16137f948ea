import { serverNow } from '../time/now.ts';
import { readEventStream, type StreamMessage } from './event-stream.ts';
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

/** The server sends a heartbeat every 15 s. Two that fail to come are a dead line. */
const silenceMs = 35_000;
const retryDelaysMs = [250, 500, 1000, 2000, 4000] as const;

/** Follows a project's events until it is disposed; comes back by itself, from where it was. */
export class LiveStream {
  readonly #project: string;
  readonly #listener: LiveListener;
  readonly #watchers = new Set<() => void>();
  readonly #end = new AbortController();
  #connection: Connection = { state: 'connecting' };
  #position: number;
  #heardAt = serverNow();
  #attempt = 0;
  #wake: () => void = () => undefined;

  constructor(project: string, position: number, listener: LiveListener) {
    this.#project = project;
    this.#position = position;
    this.#listener = listener;
  }

  readonly connection = (): Connection => this.#connection;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Tries again at once, for a person who does not want to wait. */
  readonly retryNow = (): void => this.#wake();

  start(): Disposable {
    const lost = (): void => this.#lose();
    const back = (): void => this.#wake();
    globalThis.addEventListener('offline', lost);
    globalThis.addEventListener('online', back);
    void this.#follow();
    return {
      [Symbol.dispose]: () => {
        this.#end.abort();
        this.#wake();
        globalThis.removeEventListener('offline', lost);
        globalThis.removeEventListener('online', back);
      },
    };
  }

  async #follow(): Promise<void> {
    while (!this.#end.signal.aborted) {
      await this.#connectOnce().catch(() => undefined);
      if (this.#end.signal.aborted || this.#connection.state === 'signed out') return;
      this.#lose();
      await this.#pause();
    }
  }

  async #connectOnce(): Promise<void> {
    const silent = new AbortController();
    let timer = setTimeout(() => silent.abort(), silenceMs);
    try {
      const answer = await this.#open(AbortSignal.any([this.#end.signal, silent.signal]));
      if (answer === null) return;
      this.#live();
      for await (const message of readEventStream(answer)) {
        clearTimeout(timer);
        timer = setTimeout(() => silent.abort(), silenceMs);
        this.#heardAt = serverNow();
        this.#take(message);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #open(signal: AbortSignal): Promise<ReadableStream<Uint8Array> | null> {
    const answer = await fetch(`/api/v1/projects/${encodeURIComponent(this.#project)}/events`, {
      headers: { accept: 'text/event-stream', 'last-event-id': String(this.#position) },
      cache: 'no-store',
      signal,
    });
    if (answer.status === 401) this.#become({ state: 'signed out' });
    return answer.ok ? answer.body : null;
  }

  #take(message: StreamMessage): void {
    if (message.event === 'figures') this.#listener.figures(JSON.parse(message.data) as RolloutView);
    if (message.event !== 'event') return;
    const event = JSON.parse(message.data) as EventView;
    this.#position = event.position;
    this.#listener.event(event);
  }

  #live(): void {
    const resumed = this.#attempt > 0;
    this.#attempt = 0;
    this.#heardAt = serverNow();
    this.#become({ state: 'live' });
    if (resumed) this.#listener.resumed();
  }

  #lose(): void {
    if (this.#connection.state !== 'lost') this.#become({ state: 'lost', heardAt: this.#heardAt });
  }

  #become(connection: Connection): void {
    this.#connection = connection;
    for (const watcher of this.#watchers) watcher();
  }

  async #pause(): Promise<void> {
    const delayMs = retryDelaysMs[Math.min(this.#attempt, retryDelaysMs.length - 1)] ?? 4000;
    this.#attempt += 1;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
