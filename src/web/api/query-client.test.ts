import { MutationObserver, onlineManager } from '@tanstack/react-query';
import { afterEach, expect, it } from 'vitest';
import { createQueries } from './query-client.ts';

afterEach(() => onlineManager.setOnline(true));

it('reads and acts while the browser has no network: Rung may run on the same machine', async () => {
  const queries = createQueries();
  onlineManager.setOnline(false);
  const read = queries.fetchQuery({ queryKey: ['board'], queryFn: async () => 'read' });
  const act = new MutationObserver(queries, { mutationFn: async () => 'done' }).mutate();
  const late = new Promise((resolve) => setTimeout(resolve, 500, 'waits for a network'));
  expect(await Promise.race([read, late])).toBe('read');
  expect(await Promise.race([act, late])).toBe('done');
  queries.clear();
});
