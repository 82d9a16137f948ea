import { Type } from 'typebox';
import { signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { limit, linked, pageOf } from '../paging.ts';
import { projectRoute } from '../route.ts';
import { event } from '../schemas/event.ts';
import { ref } from '../schemas/shapes.ts';

const query = Type.Object(
  {
    before: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Only what happened before this position: `next` of the page before',
      }),
    ),
    limit,
    environment: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    subject: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'What it is about, for example `promotion/…`',
      }),
    ),
    all: Type.Optional(
      Type.Boolean({ description: 'Also what is for agents alone: each change of the desired state' }),
    ),
  },
  { additionalProperties: false },
);

export function logRoutes(context: ApiContext): void {
  projectRoute(context, {
    id: 'readLog',
    tag: 'log',
    method: 'GET',
    path: '/log',
    summary: 'What happened, newest first',
    access: signedIn('read'),
    query,
    answer: pageOf(ref(event)),
    run: async ({ project, query: asked, request, reply }) =>
      linked(await context.options.controlPlane.log(project.id, asked), request, reply, 'before'),
  });
}
