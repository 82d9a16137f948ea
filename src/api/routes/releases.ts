import { Type } from 'typebox';
import { members, signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { routeBodyBytes } from '../limits.ts';
import { after, limit, linked, pageOf } from '../paging.ts';
import { projectRoute } from '../route.ts';
import { askLiftMark, askRelease } from '../schemas/asks.ts';
import { why } from '../schemas/promotion.ts';
import { release } from '../schemas/release.ts';
import { ref } from '../schemas/shapes.ts';

const params = Type.Object({
  release: Type.String({ minLength: 1, maxLength: 100, description: 'A version or a release id' }),
});
const closed = { additionalProperties: false } as const;

export function releaseRoutes(context: ApiContext): void {
  readRoutes(context);
  changeRoutes(context);
}

function readRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'listReleases',
    tag: 'releases',
    method: 'GET',
    path: '/releases',
    summary: 'Releases, newest first',
    access: signedIn('read'),
    query: Type.Object({ after, limit }, closed),
    answer: pageOf(ref(release)),
    run: async ({ project, query, request, reply }) =>
      linked(await controlPlane.releases(project.id, query), request, reply),
  });
  projectRoute(context, {
    id: 'getRelease',
    tag: 'releases',
    method: 'GET',
    path: '/releases/:release',
    summary: 'One release, its notes and where it runs',
    access: signedIn('read'),
    params,
    answer: ref(release),
    run: ({ project, params: { release: name } }) => controlPlane.release(project.id, name),
  });
  projectRoute(context, {
    id: 'why',
    tag: 'releases',
    method: 'GET',
    path: '/releases/:release/why',
    summary: 'Whether a release may go to an environment now, and every blocker at once',
    access: signedIn('read'),
    params,
    query: Type.Object({ to: Type.String({ minLength: 1, maxLength: 40 }) }, closed),
    answer: ref(why),
    run: ({ project, params: { release: name }, query, caller }) =>
      controlPlane.why(project.id, name, query.to, caller),
  });
}

function changeRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'createRelease',
    tag: 'releases',
    method: 'POST',
    path: '/releases',
    summary: 'Make a release of artifacts that were put; the same content is the same release',
    access: members('build'),
    body: askRelease,
    bodyBytes: routeBodyBytes.release,
    answer: ref(release),
    status: 201,
    idempotent: true,
    run: ({ project, body, caller }) => controlPlane.createRelease(project.id, body, caller),
  });
  projectRoute(context, {
    id: 'liftMark',
    tag: 'releases',
    method: 'POST',
    path: '/releases/:release/lift-mark',
    summary: 'Let a release that was taken back be tried again',
    access: members(null),
    params,
    body: askLiftMark,
    answer: ref(release),
    run: ({ project, params: { release: name }, body, caller }) =>
      controlPlane.liftMark(project.id, name, body, caller),
  });
}
