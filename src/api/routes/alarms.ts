import { Type } from 'typebox';
import { members, signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { projectRoute } from '../route.ts';
import { alarms, askAlarm } from '../schemas/alarms.ts';
import { ref } from '../schemas/shapes.ts';

const params = Type.Object({ name: Type.String({ minLength: 1, maxLength: 40 }) });

export function alarmRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'listAlarms',
    tag: 'environments',
    method: 'GET',
    path: '/environments/:name/alarms',
    summary: 'The alarms of an environment, those that fire first, and those that did in the last eight days',
    access: signedIn('read'),
    params,
    answer: ref(alarms),
    run: ({ project, params: { name } }) => controlPlane.alarms(project.id, name),
  });
  projectRoute(context, {
    id: 'postAlarm',
    tag: 'environments',
    method: 'POST',
    path: '/environments/:name/alarms',
    summary: 'Say that an alarm fires in an environment, or fires no more',
    access: members('evidence'),
    params,
    body: askAlarm,
    answer: ref(alarms),
    run: ({ project, params: { name }, body, caller }) =>
      controlPlane.postAlarm(project.id, name, body, caller),
  });
}
