import { QueryClient } from '@tanstack/react-query';
import { isPassing } from './failure.ts';

/**
 * What the page reads and does. It is asked for whatever the browser thinks of the network: a laptop without one still
 * reaches the control plane that runs on it.
 */
export const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        // The stream says when something is stale; time alone does not make it so.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (count, error) => isPassing(error) && count < 4,
      },
      mutations: { networkMode: 'always' },
    },
  });
