import { request } from './request.ts';
import type {
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

/** Every call the page makes, in one place. */
const at = (project: string, rest: string): string => `/projects/${encodeURIComponent(project)}${rest}`;
const seg = (part: string): string => encodeURIComponent(part);
const post = <T>(path: string, body?: unknown): Promise<T> => request<T>(path, { method: 'POST', body });

export const readProjects = async (signal?: AbortSignal): Promise<readonly ProjectView[]> => {
  const answer = await request<readonly ProjectView[] | PageOf<ProjectView>>('/projects', { signal });
  return 'items' in answer ? answer.items : answer;
};
export const readBoard = (project: string, signal?: AbortSignal): Promise<BoardView> =>
  request(at(project, '/board'), { signal });
export const readEnvironment = (
  project: string,
  name: string,
  signal?: AbortSignal,
): Promise<EnvironmentView> => request(at(project, `/environments/${seg(name)}`), { signal });
export const readReleases = (
  project: string,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<PageOf<ReleaseView>> => request(at(project, '/releases'), { query: { limit: 50, after }, signal });
export const readRelease = (project: string, release: string, signal?: AbortSignal): Promise<ReleaseView> =>
  request(at(project, `/releases/${seg(release)}`), { signal });
export const readWhy = (
  project: string,
  release: string,
  to: string,
  signal?: AbortSignal,
): Promise<WhyView> => request(at(project, `/releases/${seg(release)}/why`), { query: { to }, signal });
export const readPromotion = (project: string, id: string, signal?: AbortSignal): Promise<PromotionView> =>
  request(at(project, `/promotions/${seg(id)}`), { signal });
export const readRollout = (project: string, id: string, signal?: AbortSignal): Promise<RolloutView> =>
  request(at(project, `/rollouts/${seg(id)}`), { signal });

export interface LogQuery {
  readonly before?: number | undefined;
  readonly environment?: string | undefined;
  readonly subject?: string | undefined;
}
export const readLog = (project: string, query: LogQuery, signal?: AbortSignal): Promise<PageOf<EventView>> =>
  request(at(project, '/log'), { query: { limit: 50, ...query }, signal });

export interface PromoteAsk {
  readonly release: string;
  readonly to: string;
  readonly reason?: string | undefined;
}
export const promote = (project: string, ask: PromoteAsk): Promise<PromotionView> =>
  post(at(project, '/promotions'), ask);
export const approve = (
  project: string,
  id: string,
  ask: { readonly planHash: string; readonly comment?: string | undefined },
): Promise<PromotionView> => post(at(project, `/promotions/${seg(id)}/approve`), ask);
export const reject = (project: string, id: string, reason: string): Promise<PromotionView> =>
  post(at(project, `/promotions/${seg(id)}/reject`), { reason });
export const withdraw = (project: string, id: string): Promise<PromotionView> =>
  post(at(project, `/promotions/${seg(id)}/withdraw`));

export interface RollbackAsk {
  readonly to?: string | undefined;
  readonly services?: readonly string[] | undefined;
  readonly reason: string;
  readonly dryRun?: boolean | undefined;
}
export const rollback = (project: string, environment: string, ask: RollbackAsk): Promise<PromotionView> =>
  post(at(project, `/environments/${seg(environment)}/rollback`), ask);
export const validate = (
  project: string,
  environment: string,
  ask: { readonly release?: string | undefined; readonly note?: string | undefined },
): Promise<EnvironmentView> => post(at(project, `/environments/${seg(environment)}/validation`), ask);

export const pauseRollout = (project: string, id: string, note: string): Promise<RolloutView> =>
  post(at(project, `/rollouts/${seg(id)}/pause`), { note });
export const resumeRollout = (project: string, id: string, note: string): Promise<RolloutView> =>
  post(at(project, `/rollouts/${seg(id)}/resume`), { note });
export const takeBackRollout = (project: string, id: string, reason: string): Promise<RolloutView> =>
  post(at(project, `/rollouts/${seg(id)}/abort`), { reason });
export const liftMark = (project: string, release: string, reason: string): Promise<ReleaseView> =>
  post(at(project, `/releases/${seg(release)}/lift-mark`), { reason });

/** null: be oneself again. */
export const actAs = (member: string | null): Promise<unknown> => post('/me/act-as', { member });
export const signOut = (): Promise<unknown> => post('/sign-out');
