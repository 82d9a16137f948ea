import { type Static, Type } from 'typebox';
import { type Admission, blockerKinds } from '../../domain/admission.ts';
import type { RoleName } from '../../domain/ids.ts';
import type { Same } from './same.ts';
import { actorId, environmentName, instantMs, listOf, nameOf, nullable, oneOf, ref, text } from './shapes.ts';

export const blocker = Type.Object(
  {
    kind: oneOf(blockerKinds),
    reason: text,
    wayOut: text,
    effect: oneOf(['refused', 'waits']),
    liftedBy: Type.Union([
      Type.Object({ kind: Type.Literal('time') }),
      Type.Object({ kind: Type.Literal('promotion'), environment: environmentName }),
      Type.Object({
        kind: Type.Literal('people'),
        roles: listOf(nameOf<RoleName>('Role')),
        members: listOf(actorId),
        contacts: listOf(text),
      }),
    ]),
    earliest: nullable(instantMs),
  },
  { $id: 'Blocker', description: 'One thing that stands in the way, who can lift it and when it may lift' },
);

export const admission = Type.Object(
  { allowed: Type.Boolean(), blockers: listOf(ref(blocker)) },
  { $id: 'Admission', description: 'Whether this may go there now, with every blocker at once' },
);
true satisfies Same<Static<typeof admission>, Admission>;
