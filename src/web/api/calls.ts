import { answerOf, createClient } from '../../client/index.ts';
import { once } from './once.ts';
import type {
  AlarmsView,
  BoardView,
  EnvironmentView,
  EventView,
  PageOf,
  ProjectView,
  PromotionView,
  ReleaseView,
  RolloutView,
  WhyView,
} from './views.ts';

/** Every call the page makes, in one place; all throw the client's `Failure`. */
export const client = createClient({ baseUrl: '' });

/** As many as one asks for at a time. */
export const pageSize = 50;

export async function readProjects(signal: AbortSignal): Promise<readonly ProjectView[]> {
  const { items } = await answerOf(client.GET('/api/v1/projects', { signal }));
  return items;
}

/** Which part of the board; all of it where it is small. */
export interface BoardPart {
  readonly after?: string;
  readonly search?: string;
  /** The ladder of this environment alone. */
  readonly environment?: string;
}

export const readBoard = (project: string, query: BoardPart, signal: AbortSignal): Promise<BoardView> =>
  answerOf(client.GET('/api/v1/projects/{project}/board', { params: { path: { project }, query }, signal }));

/** A page of the environments with these letters in their names. */
export const readEnvironments = (
  project: string,
  search: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<PageOf<EnvironmentView>> =>
  answerOf(
    client.GET('/api/v1/projects/{project}/environments', {
      params: {
        path: { project },
        query: {
          limit: pageSize,
          ...(search === '' ? {} : { search }),
          ...(after === undefined ? {} : { after }),
        },
      },
      signal,
    }),
  );

export const readEnvironment = (
  project: string,
  name: string,
  signal: AbortSignal,
): Promise<EnvironmentView> =>
  answerOf(
    client.GET('/api/v1/projects/{project}/environments/{name}', {
      params: { path: { project, name } },
      signal,
    }),
  );

/** With those that are over. */
export const readAlarms = (project: string, name: string, signal: AbortSignal): Promise<AlarmsView> =>
  answerOf(
    client.GET('/api/v1/projects/{project}/environments/{name}/alarms', {
      params: { path: { project, name } },
      signal,
    }),
  );

export const readReleases = (
  project: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<PageOf<ReleaseView>> =>
  answerOf(
    client.GET('/api/v1/projects/{project}/releases', {
      params: { path: { project }, query: { limit: pageSize, ...(after === undefined ? {} : { after }) } },
      signal,
    }),
  );

export const readRelease = (project: string, release: string, signal: AbortSignal): Promise<ReleaseView> =>
  answerOf(
    client.GET('/api/v1/projects/{project}/releases/{release}', {
      params: { path: { project, release } },
      signal,
    }),
  );

export const readWhy = (
  project: string,
  release: string,
  to: string,
  signal: AbortSignal,
): Promise<WhyView> =>
  answerOf(
    client.GET('/api/v1/projects/{project}/releases/{release}/why', {
      params: { path: { project, release }, query: { to } },
      signal,
    }),
  );

export const readPromotion = (project: string, id: string, signal: AbortSignal): Promise<PromotionView> =>
  answerOf(
    client.GET('/api/v1/projects/{project}/promotions/{id}', { params: { path: { project, id } }, signal }),
  );

export const readRollout = (project: string, id: string, signal: AbortSignal): Promise<RolloutView> =>
  answerOf(
    client.GET('/api/v1/projects/{project}/rollouts/{id}', { params: { path: { project, id } }, signal }),
  );

/** What the log is narrowed down to. */
export interface LogFilter {
  readonly environment?: string;
  readonly subject?: string;
}

export const readLog = (
  project: string,
  filter: LogFilter,
  before: number | undefined,
  signal: AbortSignal,
): Promise<PageOf<EventView>> =>
  answerOf(
    client.GET('/api/v1/projects/{project}/log', {
      params: {
        path: { project },
        query: { limit: pageSize, ...filter, ...(before === undefined ? {} : { before }) },
      },
      signal,
    }),
  );

export interface PromoteAsk {
  readonly release: string;
  readonly to: string;
  readonly reason?: string;
  /** Past what is asked for else, once a second person confirms it. */
  readonly emergency?: boolean;
  readonly dryRun?: boolean;
}

/** What only says what would happen says it of now, each time. */
const planned = ({ dryRun }: { readonly dryRun?: boolean }) => (dryRun === true ? crypto.randomUUID() : null);

export const promote = (project: string, body: PromoteAsk): Promise<PromotionView> =>
  once(['promote', project, body, planned(body)], (header) =>
    answerOf(
      client.POST('/api/v1/projects/{project}/promotions', {
        params: { path: { project }, header },
        body,
      }),
    ),
  );

export const approve = (
  project: string,
  id: string,
  body: { readonly planHash: string; readonly comment?: string; readonly emergency?: boolean },
): Promise<PromotionView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/promotions/{id}/approve', {
      params: { path: { project, id } },
      body,
    }),
  );

export const reject = (project: string, id: string, reason: string): Promise<PromotionView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/promotions/{id}/reject', {
      params: { path: { project, id } },
      body: { reason },
    }),
  );

export const withdraw = (project: string, id: string): Promise<PromotionView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/promotions/{id}/withdraw', { params: { path: { project, id } } }),
  );

export interface RollbackAsk {
  readonly to?: string;
  readonly services?: readonly string[];
  readonly reason: string;
  readonly dryRun?: boolean;
}

export const rollback = (project: string, name: string, body: RollbackAsk): Promise<PromotionView> =>
  once(['rollback', project, name, body, planned(body)], (header) =>
    answerOf(
      client.POST('/api/v1/projects/{project}/environments/{name}/rollback', {
        params: { path: { project, name }, header },
        body,
      }),
    ),
  );

export const validate = (
  project: string,
  name: string,
  body: { readonly release?: string; readonly note?: string },
): Promise<EnvironmentView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/environments/{name}/validation', {
      params: { path: { project, name } },
      body,
    }),
  );

export const pauseRollout = (project: string, id: string, note: string): Promise<RolloutView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/rollouts/{id}/pause', {
      params: { path: { project, id } },
      body: { note },
    }),
  );

/** `heldSince` says which hold was looked at. */
export const resumeRollout = (
  project: string,
  id: string,
  body: { readonly note: string; readonly heldSince?: number },
): Promise<RolloutView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/rollouts/{id}/resume', {
      params: { path: { project, id } },
      body,
    }),
  );

/** `heldSince` says which hold was looked at. */
export const advanceRollout = (
  project: string,
  id: string,
  body: { readonly reason: string; readonly heldSince?: number },
): Promise<RolloutView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/rollouts/{id}/advance', {
      params: { path: { project, id } },
      body,
    }),
  );

export const takeBackRollout = (project: string, id: string, reason: string): Promise<RolloutView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/rollouts/{id}/abort', {
      params: { path: { project, id } },
      body: { reason },
    }),
  );

/** `rollout` says which mark was looked at. */
export const liftMark = (
  project: string,
  release: string,
  body: { readonly reason: string; readonly rollout?: string },
): Promise<ReleaseView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/releases/{release}/lift-mark', {
      params: { path: { project, release } },
      body,
    }),
  );

/** null: be oneself again. */
export const actAs = (member: string | null): Promise<unknown> =>
  answerOf(client.POST('/api/v1/me/act-as', { body: { member } }));

export const signOut = (): Promise<unknown> => answerOf(client.POST('/api/v1/sign-out', {}));
