import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isPassing } from './api/failure.ts';
import { createPageRouter } from './routes.tsx';
import { applyTheme } from './shell/preferences.ts';
import './styles/index.css';

applyTheme();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The stream says when something is stale; time alone does not make it so.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (count, error) => isPassing(error) && count < 4,
    },
  },
});
const router = createPageRouter();
const place = document.getElementById('page');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
