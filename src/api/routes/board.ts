import { Type } from 'typebox';
import type { BoardView } from '../../lifecycle/views.ts';
import { signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { pageLimits } from '../limits.ts';
import { place, search } from '../paging.ts';
import { projectRoute } from '../route.ts';
import { board } from '../schemas/board.ts';
import { ref } from '../schemas/shapes.ts';
import { membersOf } from '../sessions/members.ts';

const boardQuery = Type.Object(
  {
    after: place,
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: pageLimits.items,
        description:
          'How many environments at most; a ladder that fits is not cut. Left out: all of up to 50, else 20',
      }),
    ),
    search,
    environment: Type.Optional(
      Type.String({ minLength: 1, maxLength: 40, description: 'Only the ladder of this environment' }),
    ),
  },
  { additionalProperties: false },
);

export function boardRoutes(context: ApiContext): void {
  const { controlPlane, laptop } = context.options;
  projectRoute(context, {
    id: 'getBoard',
    tag: 'board',
    method: 'GET',
    path: '/board',
    summary: 'The ladders, page by page, and what wants attention anywhere, for whoever asks',
    access: signedIn('read'),
    query: boardQuery,
    answer: ref(board),
    run: async ({ project, caller, query }): Promise<BoardView> => {
      const view = await controlPlane.board(project.id, caller, query);
      const mayActAs =
        laptop === null || caller.person === null ? [] : await membersOf(controlPlane, project.id);
      return { ...view, viewer: { ...view.viewer, mayActAs } };
    },
  });
}
