import type { BoardView } from '../../lifecycle/views.ts';
import { signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { projectRoute } from '../route.ts';
import { board } from '../schemas/board.ts';
import { ref } from '../schemas/shapes.ts';
import { membersOf } from '../sessions/members.ts';

export function boardRoutes(context: ApiContext): void {
  const { controlPlane, laptop } = context.options;
  projectRoute(context, {
    id: 'getBoard',
    tag: 'board',
    method: 'GET',
    path: '/board',
    summary: 'Everything the board shows, for whoever asks',
    access: signedIn('read'),
    answer: ref(board),
    run: async ({ project, caller }): Promise<BoardView> => {
      const view = await controlPlane.board(project.id, caller);
      const mayActAs =
        laptop === null || caller.person === null ? [] : await membersOf(controlPlane, project.id);
      return { ...view, viewer: { ...view.viewer, mayActAs } };
    },
  });
}
