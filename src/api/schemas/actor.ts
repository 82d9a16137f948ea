import { type Static, Type } from 'typebox';
import type { Actor } from '../../domain/actor.ts';
import type { AgentId, EnvironmentId } from '../../domain/ids.ts';
import type { Same } from './same.ts';
import { actorId, text, uuid } from './shapes.ts';

export const person = Type.Object({
  kind: Type.Literal('person'),
  id: actorId,
  actingFrom: Type.Optional(actorId),
});

export const actor = Type.Union(
  [
    person,
    Type.Object({ kind: Type.Literal('token'), id: actorId, name: text }),
    Type.Object({
      kind: Type.Literal('agent'),
      agent: uuid<AgentId>('Agent'),
      environment: Type.Optional(uuid<EnvironmentId>('Environment')),
    }),
    Type.Object({ kind: Type.Literal('automation'), rule: text }),
  ],
  { $id: 'Actor', description: 'Who did something' },
);
true satisfies Same<Static<typeof actor>, Actor>;
