import { Type } from 'typebox';
import { members } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { pageOf, whole } from '../paging.ts';
import { projectRoute } from '../route.ts';
import { askToken } from '../schemas/asks.ts';
import { ref } from '../schemas/shapes.ts';
import { token } from '../schemas/token.ts';

export function tokenRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  const common = { tag: 'tokens', access: members(null) } as const;
  projectRoute(context, {
    ...common,
    id: 'listTokens',
    method: 'GET',
    path: '/tokens',
    summary: 'Your own tokens for CI, without their secrets; all of them for who may approve weaker rules',
    answer: pageOf(ref(token)),
    run: async ({ project, caller }) => whole(await controlPlane.tokens(project.id, caller)),
  });
  projectRoute(context, {
    ...common,
    id: 'createToken',
    method: 'POST',
    path: '/tokens',
    summary: 'Make a token for CI. Its secret is answered this once',
    body: askToken,
    answer: Type.Object({ token: ref(token), secret: Type.String() }),
    status: 201,
    idempotent: 'secret',
    run: ({ project, body, caller }) => controlPlane.createToken(project.id, body, caller),
  });
  projectRoute(context, {
    ...common,
    id: 'revokeToken',
    method: 'DELETE',
    path: '/tokens/:id',
    summary: 'Make a token useless from now on',
    params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) }),
    answer: ref(token),
    run: ({ project, params: { id }, caller }) => controlPlane.revokeToken(project.id, id, caller),
  });
}
