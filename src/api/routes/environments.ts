import { Type } from 'typebox';
import { limit, linked, pageOf, place, search } from '../paging.ts';
import { members, signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { projectRoute } from '../route.ts';
import { askRollback, askValidation } from '../schemas/asks.ts';
import { environment } from '../schemas/environment.ts';
import { promotion } from '../schemas/promotion.ts';
import { ref } from '../schemas/shapes.ts';

const params = Type.Object({ name: Type.String({ minLength: 1, maxLength: 40 }) });

export function environmentRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'listEnvironments',
    tag: 'environments',
    method: 'GET',
    path: '/environments',
    summary: 'Environments, in the order of the ladders',
    access: signedIn('read'),
    query: Type.Object({ after: place, limit, search }, { additionalProperties: false }),
    answer: pageOf(ref(environment)),
    run: async ({ project, query, request, reply }) =>
      linked(await controlPlane.environments(project.id, query), request, reply),
  });
  projectRoute(context, {
    id: 'getEnvironment',
    tag: 'environments',
    method: 'GET',
    path: '/environments/:name',
    summary: 'What runs in an environment, how it is, and what ran there before',
    access: signedIn('read'),
    params,
    answer: ref(environment),
    run: ({ project, params: { name } }) => controlPlane.environment(project.id, name),
  });
  projectRoute(context, {
    id: 'validateEnvironment',
    tag: 'environments',
    method: 'POST',
    path: '/environments/:name/validation',
    summary: 'Say that what runs in an environment is good',
    access: members(null),
    params,
    body: askValidation,
    answer: ref(environment),
    run: ({ project, params: { name }, body, caller }) =>
      controlPlane.validate(project.id, name, body, caller),
  });
  projectRoute(context, {
    id: 'rollBack',
    tag: 'environments',
    method: 'POST',
    path: '/environments/:name/rollback',
    summary: 'Go back to the release before, or to a named one, with a reason',
    access: members(null),
    params,
    body: askRollback,
    answer: ref(promotion),
    status: 201,
    idempotent: true,
    run: ({ project, params: { name }, body, caller }) =>
      controlPlane.requestRollback(project.id, { ...body, environment: name }, caller),
  });
}
