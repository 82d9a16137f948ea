import { Type } from 'typebox';
import { members } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { pageOf, whole } from '../paging.ts';
import { projectRoute } from '../route.ts';
import { askBuildFailure } from '../schemas/asks.ts';
import { build } from '../schemas/build.ts';
import { ref } from '../schemas/shapes.ts';

const params = Type.Object({ tree: Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' }) });
const query = Type.Object(
  {
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 25,
        description: 'Hold the answer until there is a build, so many seconds',
      }),
    ),
  },
  { additionalProperties: false },
);

/** What a builder (CI) asks. */
export function buildRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  const common = { tag: 'builds', access: members('build') } as const;
  projectRoute(context, {
    ...common,
    id: 'listWantedBuilds',
    method: 'GET',
    path: '/builds',
    summary: 'Trees that are to be built',
    query,
    answer: pageOf(ref(build)),
    run: async ({ project, query: { wait }, caller }) =>
      whole(await controlPlane.wantedBuilds(project.id, (wait ?? 0) * 1000, caller)),
  });
  projectRoute(context, {
    ...common,
    id: 'claimBuild',
    method: 'POST',
    path: '/builds/:tree/claim',
    summary: 'Take a build on, so that nobody else does',
    params,
    answer: ref(build),
    run: ({ project, params: { tree }, caller }) => controlPlane.claimBuild(project.id, tree, caller),
  });
  projectRoute(context, {
    ...common,
    id: 'failBuild',
    method: 'POST',
    path: '/builds/:tree/fail',
    summary: 'Say that a build failed, and how',
    params,
    body: askBuildFailure,
    answer: ref(build),
    run: ({ project, params: { tree }, body, caller }) =>
      controlPlane.failBuild(project.id, tree, body.detail, caller),
  });
}
