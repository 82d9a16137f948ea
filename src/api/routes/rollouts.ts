import { highestSample } from '../../domain/rollout/sample.ts';
import { Type } from 'typebox';
import type { RolloutId } from '../../domain/ids.ts';
import { members, named, signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { pageLimits } from '../limits.ts';
import { projectRoute } from '../route.ts';
import { askAdvance, askNote, askReason, askResume } from '../schemas/asks.ts';
import { recording } from '../schemas/recording.ts';
import { rollout } from '../schemas/rollout.ts';
import { ref, uuid } from '../schemas/shapes.ts';

const params = Type.Object({ id: uuid<RolloutId>('Rollout') });

const recordingQuery = Type.Object(
  {
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: highestSample,
        description: 'Only samples after this number: `next` of the page before',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: pageLimits.samples, default: 500 })),
  },
  { additionalProperties: false },
);

export function rolloutRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  const common = { tag: 'rollouts', params, answer: ref(rollout) } as const;
  const action = { ...common, method: 'POST', access: members(null) } as const;
  projectRoute(context, {
    ...common,
    id: 'getRollout',
    method: 'GET',
    path: '/rollouts/:id',
    summary: 'One rollout with its figures and how near each rule is',
    access: signedIn('read'),
    run: ({ project, params: { id } }) => controlPlane.rollout(project.id, id),
  });
  projectRoute(context, {
    id: 'readRecording',
    tag: 'rollouts',
    params,
    query: recordingQuery,
    answer: ref(recording),
    method: 'GET',
    path: '/rollouts/:id/recording',
    summary: 'What a rollout was judged by and what was decided, to judge it once more',
    access: signedIn('read'),
    run: ({ project, params: { id }, query }) => controlPlane.recording(project.id, id, query),
  });
  projectRoute(context, {
    ...action,
    id: 'pauseRollout',
    path: '/rollouts/:id/pause',
    summary: 'Hold a rollout where it is; the rules that take it back stay armed',
    body: askNote,
    run: ({ project, params: { id }, body, caller }) => controlPlane.pause(project.id, id, body, caller),
  });
  projectRoute(context, {
    ...action,
    id: 'resumeRollout',
    path: '/rollouts/:id/resume',
    summary: 'Let a held rollout go on, from the start of its step',
    body: askResume,
    run: ({ project, params: { id }, body, caller }) => controlPlane.resume(project.id, id, body, caller),
  });
  projectRoute(context, {
    ...action,
    id: 'advanceRollout',
    access: named('advance-role-missing', 'role-unknown'),
    path: '/rollouts/:id/advance',
    summary: 'Let a held rollout go on although its evidence is thin, with a reason',
    body: askAdvance,
    run: ({ project, params: { id }, body, caller }) => controlPlane.advance(project.id, id, body, caller),
  });
  projectRoute(context, {
    ...action,
    id: 'abortRollout',
    path: '/rollouts/:id/abort',
    summary: 'Take a rollout back, with a reason',
    body: askReason,
    run: ({ project, params: { id }, body, caller }) => controlPlane.abort(project.id, id, body, caller),
  });
}
