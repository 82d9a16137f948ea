import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { client } from './calls.ts';
import { type RollbackChoice, rollbackPreviewQuery } from './preview-queries.ts';

afterEach(() => vi.restoreAllMocks());

it('shows no plan of going back but that of the version that is chosen', async () => {
  vi.spyOn(client, 'POST').mockResolvedValueOnce({ data: { release: { version: '1.2.0' } } } as never);
  vi.spyOn(client, 'POST').mockReturnValue(new Promise(() => undefined));
  const queries = new QueryClient();
  const asked = (choice: RollbackChoice, position: number) =>
    rollbackPreviewQuery('p', 'prod', choice, position);
  const preview = new QueryObserver(queries, asked({ to: '1.2.0' }, 7));
  const leave = preview.subscribe(() => undefined);
  await vi.waitFor(() => expect(preview.getCurrentResult().data?.release.version).toBe('1.2.0'));
  preview.setOptions(asked({ to: '1.2.0' }, 8));
  expect(preview.getCurrentResult().data?.release.version).toBe('1.2.0');
  preview.setOptions(asked({ to: '1.1.0' }, 8));
  expect(preview.getCurrentResult().data).toBe(undefined);
  leave();
  queries.clear();
});
