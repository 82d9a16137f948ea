import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { applyNews } from './apply-news.ts';
import { keys } from './queries.ts';
import type { EventView, PageOf, RolloutView } from './views.ts';

let queries: QueryClient;
beforeEach(() => {
  queries = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
});
afterEach(() => {
  vi.useRealTimers();
  queries.clear();
});

const event = (position: number): EventView => ({
  position,
  at: position,
  kind: 'promotion.started',
  actor: { kind: 'automation', rule: 'test' },
  environment: 'dev',
  subject: 'promotion/1',
  message: `event ${position}`,
  payload: {},
});

type LogPage = PageOf<EventView>;

/** A log that is read a page at a time, and answers when it is told to. */
function openLog() {
  const asked: ((page: LogPage) => void)[] = [];
  const observer = new InfiniteQueryObserver(queries, {
    queryKey: [...keys.log('p'), {}],
    queryFn: () => new Promise<LogPage>((resolve) => asked.push(resolve)),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last: LogPage) => (last.next === null ? undefined : Number(last.next)),
  });
  const close = observer.subscribe(() => undefined);
  const answer = async (page: LogPage): Promise<void> => {
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
    asked.shift()?.(page);
    await vi.waitFor(() => expect(observer.getCurrentResult().isFetching).toBe(false));
  };
  const positions = () =>
    observer.getCurrentResult().data?.pages.flatMap(({ items }) => items.map(({ position }) => position));
  return { observer, answer, positions, [Symbol.dispose]: close };
}

it('keeps an event in the log that comes while older ones are read', async () => {
  using log = openLog();
  using news = applyNews(queries, 'p');
  await log.answer({ items: [event(4), event(3)], next: '3' });
  void log.observer.fetchNextPage();
  news.event(event(5));
  await log.answer({ items: [event(2), event(1)], next: null });
  expect(log.positions()).toEqual([5, 4, 3, 2, 1]);
});

it('keeps an event in the log that overtakes the first reading of it', async () => {
  using log = openLog();
  using news = applyNews(queries, 'p');
  news.event(event(3));
  await log.answer({ items: [event(2), event(1)], next: null });
  expect(log.positions()).toEqual([3, 2, 1]);
});

it('shows an event once that the reading on its way has, too', async () => {
  using log = openLog();
  using news = applyNews(queries, 'p');
  news.event(event(2));
  news.event(event(3));
  await log.answer({ items: [event(3), event(2), event(1)], next: null });
  expect(log.positions()).toEqual([3, 2, 1]);
});

it('reads the board through while event upon event comes', async () => {
  vi.useFakeTimers();
  let read = 0;
  const board = new QueryObserver(queries, {
    queryKey: [...keys.board('p'), {}],
    queryFn: ({ signal }) =>
      new Promise<number>((resolve, reject) => {
        setTimeout(() => resolve((read += 1)), 300);
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  });
  const close = board.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(300);
  const before = board.getCurrentResult().data ?? 0;
  using news = applyNews(queries, 'p');
  for (let position = 1; position <= 50; position += 1) {
    news.event(event(position));
    await vi.advanceTimersByTimeAsync(100);
  }
  const shown = board.getCurrentResult().data ?? 0;
  expect(shown - before).toBeGreaterThan(5);
  await vi.advanceTimersByTimeAsync(1_000);
  const last = board.getCurrentResult().data ?? 0;
  expect(last).toBeGreaterThan(shown);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(board.getCurrentResult().data).toBe(last);
  close();
});

it('reads a part of the board again that one goes back to, though figures came for what is on it', async () => {
  const rollout = { id: 'r' } as RolloutView;
  let read = 0;
  const part = () =>
    new QueryObserver(queries, {
      queryKey: [...keys.board('p'), { environment: 'prod' }],
      queryFn: async () => ({ rollouts: [rollout], read: (read += 1) }),
    });
  const first = part();
  const leave = first.subscribe(() => undefined);
  await vi.waitFor(() => expect(first.getCurrentResult().data?.read).toBe(1));
  leave();
  using news = applyNews(queries, 'p');
  news.event(event(1));
  await new Promise((resolve) => setTimeout(resolve, 200));
  news.figures(rollout);
  const again = part();
  const close = again.subscribe(() => undefined);
  await vi.waitFor(() => expect(again.getCurrentResult().data?.read).toBe(2));
  close();
});
