import { isTold } from '../../client/index.ts';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { LogFilter } from './calls.ts';
import type { LiveListener } from './live.ts';
import { keys } from './queries.ts';
import type { BoardView, EventView, PageOf, RolloutView } from './views.ts';

/** A burst of events, such as a promotion that starts, is one reading of the board. */
const gatherMs = 120;

/** Brings what the page has read up to date with what the stream says. */
export function applyNews(queries: QueryClient, project: string): LiveListener & Disposable {
  let gathering: ReturnType<typeof setTimeout> | null = null;
  const refresh = (): void => {
    gathering = null;
    // The log is brought up to date event by event, so that no page of it is ever read twice.
    void queries.invalidateQueries({
      queryKey: keys.project(project),
      predicate: (query) => query.queryKey[2] !== 'log',
    });
  };
  return {
    event: (event) => {
      prependToLogs(queries, project, event);
      gathering ??= setTimeout(refresh, gatherMs);
    },
    figures: (rollout) => putFigures(queries, project, rollout),
    resumed: () => void queries.invalidateQueries({ queryKey: keys.project(project) }),
    [Symbol.dispose]: () => {
      if (gathering !== null) clearTimeout(gathering);
    },
  };
}

function putFigures(queries: QueryClient, project: string, rollout: RolloutView): void {
  queries.setQueryData(keys.rollout(project, rollout.id), rollout);
  queries.setQueriesData<BoardView>({ queryKey: keys.board(project) }, (board) =>
    board === undefined
      ? board
      : { ...board, rollouts: board.rollouts.map((one) => (one.id === rollout.id ? rollout : one)) },
  );
}

type LogPages = InfiniteData<PageOf<EventView>, number | undefined>;

function prependToLogs(queries: QueryClient, project: string, event: EventView): void {
  for (const [key, pages] of queries.getQueriesData<LogPages>({ queryKey: keys.log(project) })) {
    if (pages !== undefined && isIn(key[3] ?? {}, event))
      queries.setQueryData<LogPages>(key, prepended(pages, event));
  }
}

/** Whether a page of the log that is filtered like this has the event. */
export const isIn = (filter: LogFilter, event: EventView): boolean =>
  isTold(event.kind) &&
  (filter.environment === undefined || filter.environment === event.environment) &&
  (filter.subject === undefined || filter.subject === event.subject);

/** The log with one event more at its top; the same log where it is there already. */
export function prepended(pages: LogPages, event: EventView): LogPages {
  const [first, ...rest] = pages.pages;
  if (first === undefined || first.items.some((one) => one.position === event.position)) return pages;
  return { ...pages, pages: [{ ...first, items: [event, ...first.items] }, ...rest] };
}
