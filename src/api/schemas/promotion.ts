import { type Static, Type } from 'typebox';
import type { RoleName, RolloutId } from '../../domain/ids.ts';
import type { PromotionView, WhyView } from '../../lifecycle/views.ts';
import { actor, person } from './actor.ts';
import { admission, blocker, people } from './admission.ts';
import { changeRequest } from './change-request.ts';
import { noteLine, releaseRef } from './release.ts';
import { calendarException } from './calendar-exception.ts';
import type { Same } from './same.ts';
import {
  actorId,
  count,
  digest,
  environmentName,
  instantMs,
  listOf,
  nameOf,
  nullable,
  oneOf,
  promotionId,
  ref,
  releaseId,
  serviceName,
  text,
  uuid,
} from './shapes.ts';

const rolloutId = uuid<RolloutId>('Rollout');
const variantOfPlan = Type.Object({ version: text, artifact: digest });

export const plan = Type.Object(
  {
    hash: digest,
    changes: listOf(
      Type.Object({
        service: serviceName,
        action: oneOf(['add', 'replace', 'keep', 'remove']),
        from: nullable(variantOfPlan),
        to: nullable(variantOfPlan),
      }),
    ),
    base: digest,
  },
  { $id: 'Plan', description: 'What would change; an approval binds to its hash' },
);

export const approval = Type.Object(
  {
    by: actorId,
    roles: listOf(nameOf<RoleName>('Role')),
    release: releaseId,
    planHash: digest,
    at: instantMs,
    comment: text,
    standingInFor: Type.Optional(actorId),
    expiredAt: Type.Optional(instantMs),
    void: Type.Optional(text),
  },
  { $id: 'Approval' },
);

export const promotionState = Type.Union(
  [
    Type.Object({ phase: Type.Literal('waiting') }),
    Type.Object({ phase: Type.Literal('running'), rollout: rolloutId, since: instantMs }),
    Type.Object({ phase: Type.Literal('succeeded'), rollout: nullable(rolloutId), at: instantMs }),
    Type.Object({ phase: Type.Literal('rolled back'), rollout: rolloutId, reason: text, at: instantMs }),
    Type.Object({ phase: Type.Literal('failed'), rollout: rolloutId, reason: text, at: instantMs }),
    Type.Object({ phase: Type.Literal('rejected'), by: ref(actor), reason: text, at: instantMs }),
    Type.Object({ phase: Type.Literal('superseded'), by: promotionId, at: instantMs }),
    Type.Object({ phase: Type.Literal('withdrawn'), by: ref(actor), at: instantMs }),
  ],
  { $id: 'PromotionState' },
);

export const emergency = Type.Object(
  {
    expiresAt: instantMs,
    confirmed: nullable(
      Type.Object({
        by: person,
        roles: listOf(nameOf<RoleName>('Role')),
        planHash: digest,
        at: instantMs,
        comment: text,
      }),
    ),
    passedOver: Type.Optional(listOf(ref(blocker))),
  },
  { $id: 'Emergency', description: 'Past gates, approvals, windows and order, by the word of two people' },
);

export const promotion = Type.Object(
  {
    id: promotionId,
    kind: oneOf(['promotion', 'rollback']),
    environment: environmentName,
    release: releaseRef,
    services: listOf(serviceName),
    plan: ref(plan),
    requestedBy: ref(actor),
    requestedAt: instantMs,
    reason: text,
    approvals: listOf(ref(approval)),
    approvalsNeeded: count,
    state: ref(promotionState),
    admission: ref(admission),
    exception: nullable(calendarException),
    emergency: Type.Optional(ref(emergency)),
    notes: listOf(ref(noteLine)),
  },
  { $id: 'Promotion', description: 'Putting a release into an environment: forward, or back' },
);
true satisfies Same<Static<typeof promotion>, PromotionView>;

export const why = Type.Object(
  {
    release: releaseRef,
    environment: environmentName,
    admission: ref(admission),
    plan: ref(plan),
    promotion: nullable(promotionId),
    changeRequest: nullable(ref(changeRequest)),
    emergencyWay: Type.Optional(Type.Object({ from: people, second: people })),
  },
  {
    $id: 'Why',
    description: 'Whether a release may go to an environment now, and all that stands in its way',
  },
);
true satisfies Same<Static<typeof why>, WhyView>;
