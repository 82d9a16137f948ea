import { answerOf } from '../../client/index.ts';
import type { paths } from '../../client/schema.generated.d.ts';
import { client } from './calls.ts';
import { once } from './once.ts';
import type { ChangeRequestView, EvidenceView, PageOf, WaiverView, WhyView } from './views.ts';

/** The calls about what opens gates: evidence, words, waivers, change requests. */

/** As many as the server gives in one answer. */
const mostAtOnce = 100;

/** Newest first; of a release with more, the newest. */
export async function readEvidence(
  project: string,
  release: string,
  signal: AbortSignal,
): Promise<readonly EvidenceView[]> {
  const { items } = await answerOf(
    client.GET('/api/v1/projects/{project}/releases/{release}/evidence', {
      params: { path: { project, release }, query: { limit: mostAtOnce } },
      signal,
    }),
  );
  return items;
}

export async function readWaivers(
  project: string,
  release: string,
  signal: AbortSignal,
): Promise<readonly WaiverView[]> {
  const { items } = await answerOf(
    client.GET('/api/v1/projects/{project}/releases/{release}/waivers', {
      params: { path: { project, release } },
      signal,
    }),
  );
  return items;
}

/** Where a file of evidence can be fetched, as it came. */
export const evidenceFileUrl = (project: string, id: string): string =>
  `/api/v1/projects/${encodeURIComponent(project)}/evidence/${encodeURIComponent(id)}/file`;

export interface UploadAsk {
  readonly release: string;
  readonly environment?: string;
  readonly name?: string;
  readonly fileName: string;
}

/** The bytes go as they are: the browser streams them from the disk. */
export const uploadEvidence = (project: string, query: UploadAsk, file: Blob): Promise<EvidenceView> =>
  answerOf(
    client.PUT('/api/v1/projects/{project}/evidence/file', {
      params: { path: { project }, query },
      headers: { 'content-type': 'application/octet-stream' },
      body: file as never,
      bodySerializer: (bytes: unknown) => bytes as Blob,
    }),
  );

type Body<Path extends keyof paths, Method extends 'post'> = paths[Path][Method] extends {
  readonly requestBody: { readonly content: { readonly 'application/json': infer Json } };
}
  ? Json
  : never;

export type Saying = Body<'/api/v1/projects/{project}/evidence', 'post'>;

export const sayEvidence = (project: string, body: Saying): Promise<EvidenceView> =>
  once(['say', project, body], (header) =>
    answerOf(
      client.POST('/api/v1/projects/{project}/evidence', {
        params: { path: { project }, header },
        body,
      }),
    ),
  );

export const readRollbackPlan = (project: string, release: string, plan: string): Promise<EvidenceView> =>
  once(['read plan', project, release, plan], (header) =>
    answerOf(
      client.POST('/api/v1/projects/{project}/releases/{release}/rollback-plan/read', {
        params: { path: { project, release }, header },
        body: { plan },
      }),
    ),
  );

export const waive = (
  project: string,
  release: string,
  body: { readonly to: string; readonly gate: string; readonly reason: string },
): Promise<WhyView> =>
  once(['waive', project, release, body], (header) =>
    answerOf(
      client.POST('/api/v1/projects/{project}/releases/{release}/waivers', {
        params: { path: { project, release }, header },
        body,
      }),
    ),
  );

/** Asks the program behind a webhook gate again. */
export const askGate = (
  project: string,
  release: string,
  body: { readonly to: string; readonly gate: string },
): Promise<WhyView> =>
  once(['ask', project, release, body], (header) =>
    answerOf(
      client.POST('/api/v1/projects/{project}/releases/{release}/questions', {
        params: { path: { project, release }, header },
        body,
      }),
    ),
  );

export const readChanges = (
  project: string,
  of: { readonly release: string; readonly environment?: string },
  signal: AbortSignal,
): Promise<PageOf<ChangeRequestView>> =>
  answerOf(
    client.GET('/api/v1/projects/{project}/change-requests', {
      params: { path: { project }, query: { limit: mostAtOnce, ...of } },
      signal,
    }),
  );

const change = (project: string, id: string) => ({ params: { path: { project, id } } });

export const readChange = (project: string, id: string, signal: AbortSignal): Promise<ChangeRequestView> =>
  answerOf(client.GET('/api/v1/projects/{project}/change-requests/{id}', { ...change(project, id), signal }));

export type ChangeAsk = Body<'/api/v1/projects/{project}/change-requests', 'post'>;
export type ChangeEdit = Body<'/api/v1/projects/{project}/change-requests/{id}/edit', 'post'>;

export const createChange = (project: string, body: ChangeAsk): Promise<ChangeRequestView> =>
  once(['change', project, body], (header) =>
    answerOf(
      client.POST('/api/v1/projects/{project}/change-requests', {
        params: { path: { project }, header },
        body,
      }),
    ),
  );

export const editChange = (project: string, id: string, body: ChangeEdit): Promise<ChangeRequestView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/change-requests/{id}/edit', { ...change(project, id), body }),
  );

export const approveChange = (
  project: string,
  id: string,
  body: { readonly seen: string; readonly comment?: string },
): Promise<ChangeRequestView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/change-requests/{id}/approve', { ...change(project, id), body }),
  );

export const rejectChange = (project: string, id: string, reason: string): Promise<ChangeRequestView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/change-requests/{id}/reject', {
      ...change(project, id),
      body: { reason },
    }),
  );

export const noteOnChange = (project: string, id: string, note: string): Promise<ChangeRequestView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/change-requests/{id}/notes', {
      ...change(project, id),
      body: { note },
    }),
  );

const rulesOf = (project: string, name: string) => ({ params: { path: { project, name } } });

/** `hash` is of the project file that was looked at. */
export const approveRules = (
  project: string,
  name: string,
  body: { readonly hash: string; readonly comment?: string },
): Promise<unknown> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/environments/{name}/rules/approve', {
      ...rulesOf(project, name),
      body,
    }),
  );

export const rejectRules = (
  project: string,
  name: string,
  body: { readonly hash: string; readonly reason: string },
): Promise<unknown> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/environments/{name}/rules/reject', {
      ...rulesOf(project, name),
      body,
    }),
  );
