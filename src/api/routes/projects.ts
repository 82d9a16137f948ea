import { anyCaller } from '../access.ts';
import { type ApiContext, apiCallerOf } from '../context.ts';
import { pageOf, whole } from '../paging.ts';
import { failures } from '../route.ts';
import { project } from '../schemas/board.ts';
import { ref } from '../schemas/shapes.ts';

export function projectRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  context.app.get('/api/v1/projects', {
    config: { access: anyCaller },
    schema: {
      operationId: 'listProjects',
      tags: ['projects'],
      summary: 'The projects you may see',
      response: { 200: pageOf(ref(project)), ...failures },
    },
    handler: async (request) => {
      const { project: only } = apiCallerOf(request);
      const projects = await controlPlane.projects();
      return whole(projects.filter(({ id }) => only === null || only === id));
    },
  });
}
