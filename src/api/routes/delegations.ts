import { Type } from 'typebox';
import { members, named, signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { projectRoute } from '../route.ts';
import { askReason } from '../schemas/asks.ts';
import { askDelegation, delegation, delegationId } from '../schemas/delegation.ts';
import { promotion } from '../schemas/promotion.ts';
import { listOf, promotionId, ref } from '../schemas/shapes.ts';

/** Who approves while somebody is away, and asking once more. */
export function delegationRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'listDelegations',
    tag: 'promotions',
    method: 'GET',
    path: '/delegations',
    summary: 'Who stands in for whom, those that end last first',
    access: signedIn('read'),
    answer: Type.Object({ items: listOf(ref(delegation)) }),
    run: async ({ project }) => ({ items: await controlPlane.delegations(project.id) }),
  });
  projectRoute(context, {
    id: 'delegate',
    tag: 'promotions',
    method: 'POST',
    path: '/delegations',
    summary: 'Let somebody approve in your name while you are away',
    access: members(null, 'delegation-invalid'),
    body: askDelegation,
    answer: ref(delegation),
    status: 201,
    idempotent: true,
    run: ({ project, body, caller }) => controlPlane.delegate(project.id, body, caller),
  });
  projectRoute(context, {
    id: 'revokeDelegation',
    tag: 'promotions',
    method: 'POST',
    path: '/delegations/:id/revoke',
    summary: 'End a delegation before its time, as either of the two',
    access: named('delegation-foreign'),
    params: Type.Object({ id: delegationId }),
    body: askReason,
    answer: ref(delegation),
    run: ({ project, params: { id }, body, caller }) =>
      controlPlane.revokeDelegation(project.id, id, body, caller),
  });
  projectRoute(context, {
    id: 'remindApprovers',
    tag: 'promotions',
    method: 'POST',
    path: '/promotions/:id/remind',
    summary: 'Put aside the approvals that are void, and tell again whose are missing',
    access: members('promote'),
    params: Type.Object({ id: promotionId }),
    answer: ref(promotion),
    run: ({ project, params: { id }, caller }) => controlPlane.remind(project.id, id, caller),
  });
}
