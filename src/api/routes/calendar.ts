import { Type } from 'typebox';
import { named, signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { projectRoute } from '../route.ts';
import { askException, askReason, moment } from '../schemas/asks.ts';
import { calendar, exception } from '../schemas/calendar.ts';
import { exceptionId } from '../schemas/calendar-exception.ts';
import { ref } from '../schemas/shapes.ts';

const range = Type.Object(
  { from: Type.Optional(moment), to: Type.Optional(moment) },
  { additionalProperties: false },
);

export function calendarRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'getCalendar',
    tag: 'calendar',
    method: 'GET',
    path: '/calendar',
    summary: 'When each environment may be gone into: windows, freezes, exceptions, and what ends when',
    access: signedIn('read'),
    query: range,
    answer: ref(calendar),
    run: ({ project, query }) => controlPlane.calendar(project.id, query),
  });
  projectRoute(context, {
    id: 'makeException',
    tag: 'calendar',
    method: 'POST',
    path: '/environments/:name/exceptions',
    summary: 'Open an environment for a while, against its windows and freezes; from now on unless told',
    access: named('exception-role-missing'),
    params: Type.Object({ name: Type.String({ minLength: 1, maxLength: 40 }) }),
    body: askException,
    answer: ref(exception),
    status: 201,
    idempotent: true,
    run: ({ project, params: { name }, body, caller }) =>
      controlPlane.makeException(project.id, { ...body, environment: name }, caller),
  });
  projectRoute(context, {
    id: 'revokeException',
    tag: 'calendar',
    method: 'POST',
    path: '/exceptions/:id/revoke',
    summary: 'End an exception before its time; what started under it goes on',
    access: named('exception-role-missing'),
    params: Type.Object({ id: exceptionId }),
    body: askReason,
    answer: ref(exception),
    run: ({ project, params: { id }, body, caller }) =>
      controlPlane.revokeException(project.id, id, body, caller),
  });
}
