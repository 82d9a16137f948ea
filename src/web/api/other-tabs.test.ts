import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { hearOtherTabs, tellOtherTabs } from './other-tabs.ts';

it('shows in every tab whom one acts as, when that is changed in one of them', async () => {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  let actingAs = 'ada';
  const board = new QueryObserver(queries, {
    queryKey: ['project', 'p', 'board'],
    queryFn: async () => actingAs,
  });
  const leave = board.subscribe(() => undefined);
  using _heard = hearOtherTabs(queries);
  await vi.waitFor(() => expect(board.getCurrentResult().data).toBe('ada'));
  actingAs = 'bob';
  tellOtherTabs();
  await vi.waitFor(() => expect(board.getCurrentResult().data).toBe('bob'));
  leave();
});
