import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { hearOtherTabs } from './api/other-tabs.ts';
import { createQueries } from './api/query-client.ts';
import { createPageRouter } from './routes.tsx';
import { applyTheme } from './shell/preferences.ts';
import './styles/index.css';

applyTheme();

const queries = createQueries();
hearOtherTabs(queries);
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
