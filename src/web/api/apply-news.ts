import { isTold } from '../../client/index.ts';
import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query';
import { type LogFilter, pageSize } from './calls.ts';
import type { LiveListener } from './live.ts';
import { keys } from './queries.ts';
import type { BoardView, EventView, PageOf, RolloutView } from './views.ts';

/** A burst of events, such as a promotion that starts, is one reading of the board. */
const gatherMs = 120;
/** What answers later than this is asked anew when there is news. */
const answersWithinMs = 10_000;

/** Brings what the page has read up to date with what the stream says. */
export function applyNews(queries: QueryClient, project: string): LiveListener & Disposable {
  const rereading = new Rereading(() =>
    queries.invalidateQueries({
      queryKey: keys.project(project),
      // The log is brought up to date event by event, so that no page of it is ever read twice.
      predicate: (query) => query.queryKey[2] !== 'log',
    }),
  );
  return {
    event: (event) => {
      prependToLogs(queries, project, event);
      rereading.ask();
    },
    figures: (rollout) => putFigures(queries, project, rollout),
    resumed: () => void queries.invalidateQueries({ queryKey: keys.project(project) }),
    [Symbol.dispose]: () => rereading[Symbol.dispose](),
  };
}

/**
 * Reads again what events made old. To ask anew calls off what is on its way: where event upon event comes faster than an
 * answer, nothing would ever be seen. So one reading ends before the next begins.
 */
class Rereading {
  readonly #read: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #state: 'idle' | 'gathering' | 'reading' | 'reading, and old already' | 'over' = 'idle';

  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  ask(): void {
    if (this.#state === 'reading') this.#state = 'reading, and old already';
    if (this.#state !== 'idle') return;
    this.#state = 'gathering';
    this.#after(gatherMs, () => this.#begin());
  }

  [Symbol.dispose](): void {
    this.#state = 'over';
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #begin(): void {
    this.#state = 'reading';
    let isRead = false;
    const finish = (): void => {
      if (isRead) return;
      isRead = true;
      this.#done();
    };
    this.#after(answersWithinMs, finish);
    this.#read().then(finish, finish);
  }

  #done(): void {
    if (this.#state === 'over') return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const isOld = this.#state === 'reading, and old already';
    this.#state = 'idle';
    if (isOld) this.ask();
  }

  #after(ms: number, call: () => void): void {
    this.#timer = setTimeout(call, ms);
  }
}

function putFigures(queries: QueryClient, project: string, rollout: RolloutView): void {
  queries.setQueryData(keys.rollout(project, rollout.id), rollout);
  // What is put in counts as fresh: a part that nobody looks at and that is old would not be read again by who comes back to it.
  const predicate = (query: Query): boolean => query.isActive() || !query.state.isInvalidated;
  queries.setQueriesData<BoardView>({ queryKey: keys.board(project), predicate }, (board) =>
    board === undefined
      ? board
      : { ...board, rollouts: board.rollouts.map((one) => (one.id === rollout.id ? rollout : one)) },
  );
}

export type LogPages = InfiniteData<PageOf<EventView>, number | undefined>;

function prependToLogs(queries: QueryClient, project: string, event: EventView): void {
  for (const query of queries.getQueryCache().findAll({ queryKey: keys.log(project) })) {
    const { queryKey, state, promise } = query;
    if (!isIn(queryKey[3] ?? {}, event)) continue;
    const put = (): void =>
      void queries.setQueryData<LogPages>(queryKey, (pages) => pages && prepended(pages, event));
    put();
    // What is on its way was asked before, and takes the place of all that is there.
    if (state.fetchStatus !== 'idle') promise?.then(put, () => undefined);
  }
}

/** Whether a page of the log that is filtered like this has the event. */
export const isIn = (filter: LogFilter, event: EventView): boolean =>
  isTold(event.kind) &&
  (filter.environment === undefined || filter.environment === event.environment) &&
  (filter.subject === undefined || filter.subject === event.subject);

/** So many events news may add to those that a person asked for; then the oldest go, and can be asked for again. */
const mostNews = 450;

/** The log with one event more at its top; the same log where it is there already. */
export function prepended(log: LogPages, event: EventView): LogPages {
  const [first, ...rest] = log.pages;
  if (first === undefined || event.position <= (first.items[0]?.position ?? 0)) return log;
  const longer = { ...log, pages: [{ ...first, items: [event, ...first.items] }, ...rest] };
  const count = longer.pages.reduce((sum, { items }) => sum + items.length, 0);
  return count > log.pages.length * pageSize + mostNews ? withoutOldest(longer) : longer;
}

function withoutOldest({ pages, pageParams }: LogPages): LogPages {
  const items = pages.at(-1)?.items.slice(0, -1) ?? [];
  const oldest = items.at(-1);
  // Of a last page that is empty the one before says what comes after it.
  if (oldest === undefined) return { pages: pages.slice(0, -1), pageParams: pageParams.slice(0, -1) };
  return { pages: [...pages.slice(0, -1), { items, next: String(oldest.position) }], pageParams };
}
