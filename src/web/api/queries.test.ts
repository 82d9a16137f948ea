import { environmentManager, focusManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { client } from './calls.ts';
import { calendarQuery, whyQuery } from './queries.ts';

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

it('sees that a release has soaked which the board does not show', async () => {
  const hourMs = 3_600_000;
  let read = 0;
  const soaked = Date.now() + hourMs;
  vi.spyOn(client, 'GET').mockImplementation((async () => {
    read += 1;
    const blockers = Date.now() < soaked ? [{ earliest: soaked }] : [];
    return { data: { admission: { allowed: blockers.length === 0, blockers, gates: [] } } };
  }) as never);
  const queries = new QueryClient();
  const why = new QueryObserver(queries, whyQuery('p', '1.3.0', 'staging'));
  const leave = why.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(hourMs - 1_000);
  expect([read, why.getCurrentResult().data?.admission.allowed]).toEqual([1, false]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([read, why.getCurrentResult().data?.admission.allowed]).toEqual([2, true]);
  await vi.advanceTimersByTimeAsync(hourMs);
  expect(read).toBe(2);
  leave();
  queries.clear();
});
