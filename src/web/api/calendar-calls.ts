import { answerOf } from '../../client/index.ts';
import { client } from './calls.ts';
import { once } from './once.ts';
import type { CalendarView, ExceptionView } from './views.ts';

/** The calls about when an environment may be gone into. */

export const readCalendar = (project: string, signal: AbortSignal): Promise<CalendarView> =>
  answerOf(client.GET('/api/v1/projects/{project}/calendar', { params: { path: { project } }, signal }));

export interface ExceptionAsk {
  /** Absent: from now on. */
  readonly from?: number;
  readonly to: number;
  readonly reason: string;
}

export const makeException = (project: string, name: string, body: ExceptionAsk): Promise<ExceptionView> =>
  once(['except', project, name, body], (header) =>
    answerOf(
      client.POST('/api/v1/projects/{project}/environments/{name}/exceptions', {
        params: { path: { project, name }, header },
        body,
      }),
    ),
  );

export const revokeException = (project: string, id: string, reason: string): Promise<ExceptionView> =>
  answerOf(
    client.POST('/api/v1/projects/{project}/exceptions/{id}/revoke', {
      params: { path: { project, id } },
      body: { reason },
    }),
  );
