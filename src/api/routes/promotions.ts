import { Type } from 'typebox';
import { members, named, signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { after, limit, linked, pageOf } from '../paging.ts';
import { projectRoute } from '../route.ts';
import { askApproval, askPromotion, askReason } from '../schemas/asks.ts';
import { promotion } from '../schemas/promotion.ts';
import { promotionId, ref } from '../schemas/shapes.ts';

const params = Type.Object({ id: promotionId });
const query = Type.Object(
  {
    after,
    limit,
    environment: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    open: Type.Optional(Type.Boolean({ description: 'Only those that wait or run' })),
  },
  { additionalProperties: false },
);

export function promotionRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'listPromotions',
    tag: 'promotions',
    method: 'GET',
    path: '/promotions',
    summary: 'Promotions, newest first',
    access: signedIn('read'),
    query,
    answer: pageOf(ref(promotion)),
    run: async ({ project, query: asked, request, reply }) =>
      linked(await controlPlane.promotions(project.id, asked), request, reply),
  });
  projectRoute(context, {
    id: 'getPromotion',
    tag: 'promotions',
    method: 'GET',
    path: '/promotions/:id',
    summary: 'One promotion: its plan, its approvals and what it waits for',
    access: signedIn('read'),
    params,
    answer: ref(promotion),
    run: ({ project, params: { id } }) => controlPlane.promotion(project.id, id),
  });
  projectRoute(context, {
    id: 'requestPromotion',
    tag: 'promotions',
    method: 'POST',
    path: '/promotions',
    summary:
      'Ask for a release to go to an environment. Where it may not, `facts.admission` lists every blocker',
    access: members('promote', 'promotion-refused'),
    body: askPromotion,
    answer: ref(promotion),
    status: 201,
    idempotent: true,
    run: ({ project, body, caller }) => controlPlane.requestPromotion(project.id, body, caller),
  });
  decisionRoutes(context);
}

function decisionRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  const decision = {
    tag: 'promotions',
    method: 'POST',
    params,
    answer: ref(promotion),
  } as const;
  projectRoute(context, {
    ...decision,
    id: 'approvePromotion',
    access: named('approval-role-missing'),
    path: '/promotions/:id/approve',
    summary: 'Approve the plan that you saw',
    body: askApproval,
    run: ({ project, params: { id }, body, caller }) => controlPlane.approve(project.id, id, body, caller),
  });
  projectRoute(context, {
    ...decision,
    id: 'rejectPromotion',
    access: named('rejection-role-missing'),
    path: '/promotions/:id/reject',
    summary: 'Reject a promotion, with a reason',
    body: askReason,
    run: ({ project, params: { id }, body, caller }) => controlPlane.reject(project.id, id, body, caller),
  });
  projectRoute(context, {
    ...decision,
    id: 'withdrawPromotion',
    access: members('promote'),
    path: '/promotions/:id/withdraw',
    summary: 'Take back what was asked for, while it waits',
    run: ({ project, params: { id }, caller }) => controlPlane.withdraw(project.id, id, caller),
  });
}
