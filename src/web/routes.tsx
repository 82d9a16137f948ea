import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { boardSearch } from './features/board/board-part.ts';
import { BoardPage } from './features/board/board-page.tsx';
import { EnvironmentPage } from './features/environment/environment-page.tsx';
import { EnvironmentsPage } from './features/environment/environments-page.tsx';
import { ProjectsPage } from './features/session/projects-page.tsx';
import { ErrorPage, NotFoundPage } from './features/session/problem-pages.tsx';
import { actSearch } from './shell/act.ts';
import { ProjectLayout } from './shell/project-layout.tsx';

/** Every address of the page. What a dialog shows is in the address too, so that any state can be linked to. */
const root = createRootRoute({
  component: Outlet,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
  validateSearch: actSearch,
});
const projects = createRoute({ getParentRoute: () => root, path: '/', component: ProjectsPage });
const project = createRoute({
  getParentRoute: () => root,
  path: '/projects/$project',
  component: ProjectLayout,
});
const board = createRoute({
  getParentRoute: () => project,
  path: '/',
  component: BoardPage,
  validateSearch: boardSearch,
});
const releases = createRoute({
  getParentRoute: () => project,
  path: '/releases',
  component: lazyRouteComponent(() => import('./features/release/releases-page.tsx'), 'ReleasesPage'),
});
const release = createRoute({
  getParentRoute: () => project,
  path: '/releases/$release',
  component: lazyRouteComponent(() => import('./features/release/release-page.tsx'), 'ReleasePage'),
});
const environments = createRoute({
  getParentRoute: () => project,
  path: '/environments',
  component: EnvironmentsPage,
});
const environment = createRoute({
  getParentRoute: () => project,
  path: '/environments/$environment',
  component: EnvironmentPage,
});
const promotion = createRoute({
  getParentRoute: () => project,
  path: '/promotions/$promotion',
  component: lazyRouteComponent(() => import('./features/promotion/promotion-page.tsx'), 'PromotionPage'),
});
const rollout = createRoute({
  getParentRoute: () => project,
  path: '/rollouts/$rollout',
  component: lazyRouteComponent(() => import('./features/rollout/rollout-page.tsx'), 'RolloutPage'),
});
const wayInto = createRoute({
  getParentRoute: () => project,
  path: '/releases/$release/to/$environment',
  component: lazyRouteComponent(() => import('./features/way/way-page.tsx'), 'WayPage'),
});
const change = createRoute({
  getParentRoute: () => project,
  path: '/changes/$change',
  component: lazyRouteComponent(() => import('./features/change/change-page.tsx'), 'ChangePage'),
});
const calendar = createRoute({
  getParentRoute: () => project,
  path: '/calendar',
  component: lazyRouteComponent(() => import('./features/calendar/calendar-page.tsx'), 'CalendarPage'),
  validateSearch: (search: Readonly<Record<string, unknown>>): { weeks?: 4 } =>
    search.weeks === 4 ? { weeks: 4 } : {},
});
const delegations = createRoute({
  getParentRoute: () => project,
  path: '/delegations',
  component: lazyRouteComponent(
    () => import('./features/delegation/delegations-page.tsx'),
    'DelegationsPage',
  ),
});
const log = createRoute({
  getParentRoute: () => project,
  path: '/log',
  component: lazyRouteComponent(() => import('./features/log/log-page.tsx'), 'LogPage'),
  validateSearch: (
    search: Readonly<Record<string, unknown>>,
  ): { environment?: string; subject?: string } => ({
    ...(typeof search.environment === 'string' ? { environment: search.environment } : {}),
    ...(typeof search.subject === 'string' ? { subject: search.subject } : {}),
  }),
});

const tree = root.addChildren([
  projects,
  project.addChildren([
    board,
    releases,
    release,
    environments,
    environment,
    promotion,
    rollout,
    wayInto,
    change,
    calendar,
    delegations,
    log,
  ]),
]);

export const createPageRouter = () =>
  createRouter({ routeTree: tree, defaultPreload: false, scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPageRouter>;
  }
}
