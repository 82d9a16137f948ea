import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ProjectId } from '../domain/ids.ts';
import type { Caller } from '../lifecycle/face.ts';
import type { AnswerMemory } from './idempotency.ts';
import type { CallerRates } from './caller-rates.ts';
import type { ApiLimits } from './limits.ts';
import type { ApiOptions } from './options.ts';
import type { Origins } from './security/hosts.ts';
import type { ApiCaller, Authenticate } from './sessions/authenticate.ts';
import type { SessionCookie } from './sessions/cookies.ts';
import type { Sessions } from './sessions/sessions.ts';

/** What routes are made from. */
export interface ApiContext {
  readonly app: FastifyInstance;
  readonly options: ApiOptions;
  readonly limits: ApiLimits;
  readonly origins: Origins;
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly authenticate: Authenticate;
  readonly answers: AnswerMemory;
  readonly rates: CallerRates;
  /** Aborted when the API closes: everything held open ends. */
  readonly closing: AbortSignal;
}

export interface ProjectRef {
  readonly id: ProjectId;
  readonly name: string;
}

/** Who calls; only in routes that ask for it. */
export const apiCallerOf = (request: FastifyRequest): ApiCaller =>
  request.getDecorator<ApiCaller>('rungCaller');
export const callerOf = (request: FastifyRequest): Caller => apiCallerOf(request).caller;
/** The project the address names; only in routes below a project. */
export const projectOf = (request: FastifyRequest): ProjectRef =>
  request.getDecorator<ProjectRef>('rungProject');
