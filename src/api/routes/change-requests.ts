import { Type } from 'typebox';
import { members, named, signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { after, limit, linked, pageOf } from '../paging.ts';
import { projectRoute } from '../route.ts';
import { askReason } from '../schemas/asks.ts';
import {
  askChange,
  askChangeApproval,
  askChangeEdit,
  askChangeNote,
  changePhase,
  changeRequest,
} from '../schemas/change-request.ts';
import { ref } from '../schemas/shapes.ts';

const params = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 20, description: 'Its number, for example `CHG-0001`' }),
});
const query = Type.Object(
  {
    after,
    limit,
    release: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    environment: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    state: Type.Optional(changePhase),
  },
  { additionalProperties: false },
);

export function changeRequestRoutes(context: ApiContext): void {
  readRoutes(context);
  writeRoutes(context);
  decisionRoutes(context);
}

function readRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'listChangeRequests',
    tag: 'change requests',
    method: 'GET',
    path: '/change-requests',
    summary: 'Change requests, newest first',
    access: signedIn('read'),
    query,
    answer: pageOf(ref(changeRequest)),
    run: async ({ project, query: asked, request, reply }) =>
      linked(await controlPlane.changeRequests(project.id, asked), request, reply),
  });
  projectRoute(context, {
    id: 'getChangeRequest',
    tag: 'change requests',
    method: 'GET',
    path: '/change-requests/:id',
    summary: 'One change request, with who approved it and how it ended',
    access: signedIn('read'),
    params,
    answer: ref(changeRequest),
    run: ({ project, params: { id } }) => controlPlane.changeRequest(project.id, id),
  });
}

function writeRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'createChangeRequest',
    tag: 'change requests',
    method: 'POST',
    path: '/change-requests',
    summary: 'Ask to bring a release into an environment, in a window and with a plan',
    access: members('promote'),
    body: askChange,
    answer: ref(changeRequest),
    status: 201,
    idempotent: true,
    run: ({ project, body, caller }) => controlPlane.createChangeRequest(project.id, body, caller),
  });
  projectRoute(context, {
    id: 'editChangeRequest',
    tag: 'change requests',
    method: 'POST',
    path: '/change-requests/:id/edit',
    summary: 'Change what it says; whatever was approved before is void',
    access: members('promote'),
    params,
    body: askChangeEdit,
    answer: ref(changeRequest),
    run: ({ project, params: { id }, body, caller }) =>
      controlPlane.editChangeRequest(project.id, id, body, caller),
  });
}

function decisionRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  const decision = {
    tag: 'change requests',
    method: 'POST',
    access: members(null),
    params,
    answer: ref(changeRequest),
  } as const;
  projectRoute(context, {
    ...decision,
    id: 'approveChangeRequest',
    access: named('change-request-role-missing', 'role-unknown'),
    path: '/change-requests/:id/approve',
    summary: 'Approve what you looked at',
    body: askChangeApproval,
    run: ({ project, params: { id }, body, caller }) =>
      controlPlane.approveChangeRequest(project.id, id, body, caller),
  });
  projectRoute(context, {
    ...decision,
    id: 'rejectChangeRequest',
    access: named('change-request-role-missing', 'role-unknown'),
    path: '/change-requests/:id/reject',
    summary: 'Reject it, or take back what you asked for yourself',
    body: askReason,
    run: ({ project, params: { id }, body, caller }) =>
      controlPlane.rejectChangeRequest(project.id, id, body, caller),
  });
  projectRoute(context, {
    ...decision,
    id: 'noteOnChangeRequest',
    path: '/change-requests/:id/notes',
    summary: 'Add your own words, at any time',
    body: askChangeNote,
    run: ({ project, params: { id }, body, caller }) =>
      controlPlane.noteOnChangeRequest(project.id, id, body, caller),
  });
}
