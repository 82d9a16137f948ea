import { answerOf } from '../../client/index.ts';
import { client } from './calls.ts';
import { once } from './once.ts';
import type { DelegationView, PromotionView } from './views.ts';

/** The calls about who approves: standing in for somebody who is away, and being asked again. */

/** Those that end last come first. */
export async function readDelegations(
  project: string,
  signal: AbortSignal,
): Promise<readonly DelegationView[]> {
  const { items } = await answerOf(
    client.GET('/api/v1/projects/{project}/delegations', { params: { path: { project } }, signal }),
  );
  return items;
}

export interface DelegationAsk {
  readonly to: string;
  readonly until: number;
  /** Roles of one's own; absent: all of them. */
  readonly roles?: readonly string[];
  readonly reason: string;
}

export const delegate = (project: string, body: DelegationAsk): Promise<DelegationView> =>
  once(['delegate', project, body], (header) =>
    answerOf(
      client.POST('/api/v1/projects/{project}/delegations', {
        params: { path: { project }, header },
        body,
      }),
    ),
  );

export const endDelegation = (project: string, id: string, reason: string): Promise<DelegationView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/delegations/{id}/revoke', {
      params: { path: { project, id } },
      body: { reason },
    }),
  );

/** Puts void approvals aside, and tells again whose are missing. */
export const remind = (project: string, id: string): Promise<PromotionView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/promotions/{id}/remind', { params: { path: { project, id } } }),
  );
