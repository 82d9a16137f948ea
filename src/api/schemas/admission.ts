import { type Static, Type } from 'typebox';
import { type Admission, blockerKinds } from '../../domain/admission.ts';
import { type EvidenceId, evidenceKinds } from '../../domain/evidence/evidence.ts';
import type { GateAnswer, WaiverId } from '../../domain/gate.ts';
import type { RoleName } from '../../domain/ids.ts';
import { gateKinds } from '../../domain/project-file/types.ts';
import type { Same } from './same.ts';
import { actor } from './actor.ts';
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
  ref,
  text,
  uuid,
} from './shapes.ts';

/** By their roles, with where to reach them. */
export const people = Type.Object({
  kind: Type.Literal('people'),
  roles: listOf(nameOf<RoleName>('Role')),
  members: listOf(actorId),
  contacts: listOf(text),
});

export const lifter = Type.Union([
  Type.Object({ kind: Type.Literal('time') }),
  Type.Object({ kind: Type.Literal('promotion'), environment: environmentName }),
  people,
]);

export const blocker = Type.Object(
  {
    kind: oneOf(blockerKinds),
    gate: Type.Optional(text),
    reason: text,
    wayOut: text,
    effect: oneOf(['refused', 'waits']),
    liftedBy: lifter,
    earliest: nullable(instantMs),
    missing: Type.Optional(Type.Object({ people: count, roles: count })),
  },
  { $id: 'Blocker', description: 'One thing that stands in the way, who can lift it and when it may lift' },
);

export const evidenceFile = Type.Object(
  { digest, name: text, format: text, bytes: count },
  { $id: 'EvidenceFile', description: 'The file that evidence was read from, as it came' },
);

const evidenceId = uuid<EvidenceId>('Evidence');

const evidenceRef = Type.Object({
  id: evidenceId,
  kind: oneOf(evidenceKinds),
  name: text,
  by: ref(actor),
  at: instantMs,
  file: nullable(ref(evidenceFile)),
});

export const gate = Type.Object(
  {
    gate: text,
    kind: oneOf(gateKinds),
    state: oneOf(['passed', 'missing', 'failed', 'waits', 'waived']),
    says: text,
    evidence: listOf(evidenceRef),
    waiver: nullable(
      Type.Object({
        id: uuid<WaiverId>('Waiver'),
        by: actorId,
        roles: listOf(nameOf<RoleName>('Role')),
        reason: text,
        at: instantMs,
      }),
    ),
    waivers: Type.Optional(people),
    items: Type.Optional(
      listOf(
        Type.Object({
          item: text,
          done: Type.Boolean(),
          note: text,
          by: nullable(ref(actor)),
          at: nullable(instantMs),
        }),
      ),
    ),
  },
  { $id: 'Gate', description: 'How one gate stands, and what it was judged from' },
);
true satisfies Same<Static<typeof gate>, GateAnswer>;

export const admission = Type.Object(
  {
    allowed: Type.Boolean(),
    blockers: listOf(ref(blocker)),
    gates: listOf(ref(gate)),
    passedOver: Type.Optional(listOf(ref(blocker))),
  },
  { $id: 'Admission', description: 'Whether this may go there now, with every blocker at once' },
);
true satisfies Same<Static<typeof admission>, Admission>;
