import { type Static, Type } from 'typebox';
import type { DelegationId } from '../../domain/delegation.ts';
import type { RoleName } from '../../domain/ids.ts';
import type { DelegationView } from '../../lifecycle/face.ts';
import { moment } from './asks.ts';
import type { Same } from './same.ts';
import { actorId, instantMs, listOf, nameOf, nullable, text, uuid } from './shapes.ts';

export const delegationId = uuid<DelegationId>('Delegation');

export const delegation = Type.Object(
  {
    id: delegationId,
    by: actorId,
    to: actorId,
    roles: listOf(nameOf<RoleName>('Role')),
    at: instantMs,
    until: instantMs,
    reason: text,
    revoked: nullable(Type.Object({ by: actorId, at: instantMs, reason: text })),
  },
  { $id: 'Delegation', description: 'Somebody stands in for somebody who is away' },
);
true satisfies Same<Static<typeof delegation>, DelegationView>;

const role = Type.String({ minLength: 1, maxLength: 100 });

export const askDelegation = Type.Object(
  {
    to: Type.String({ minLength: 1, maxLength: 320 }),
    until: moment,
    roles: Type.Optional(Type.Unsafe<readonly string[]>(Type.Array(role, { minItems: 1, maxItems: 100 }))),
    reason: Type.String({ minLength: 1, maxLength: 2000 }),
  },
  { additionalProperties: false },
);
