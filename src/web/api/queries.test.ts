import { environmentManager, focusManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { client } from './calls.ts';
import { calendarQuery } from './queries.ts';

beforeEach(() => {
  vi.useFakeTimers();
  environmentManager.setIsServer(() => false);
});
afterEach(() => {
  environmentManager.setIsServer(() => true);
  focusManager.setFocused(undefined);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('sees that a window opened while nobody looked at the page', async () => {
  const hourMs = 3_600_000;
  let read = 0;
  vi.spyOn(client, 'GET').mockImplementation((async () => {
    read += 1;
    const changesAt = Date.now() + hourMs;
    return { data: { now: Date.now(), environments: [{ changesAt, soaks: [], approvals: [] }] } };
  }) as never);
  const queries = new QueryClient();
  const leave = new QueryObserver(queries, calendarQuery('p')).subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  focusManager.setFocused(false);
  await vi.advanceTimersByTimeAsync(hourMs + 1_000);
  expect(read).toBe(2);
  leave();
  queries.clear();
});
