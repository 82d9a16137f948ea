import { type Static, Type } from 'typebox';
import { type EvidenceFacts, type EvidenceId, evidenceKinds } from '../../domain/evidence/evidence.ts';
import type { WaiverId } from '../../domain/gate.ts';
import type { RoleName } from '../../domain/ids.ts';
import type { EvidenceView, WaiverView } from '../../lifecycle/views.ts';
import { actor } from './actor.ts';
import { evidenceFile } from './admission.ts';
import type { Same } from './same.ts';
import {
  actorId,
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

export const evidence = Type.Object(
  {
    id: uuid<EvidenceId>('Evidence'),
    kind: oneOf(evidenceKinds),
    name: text,
    tree: text,
    environment: nullable(environmentName),
    says: text,
    facts: Type.Unsafe<EvidenceFacts>({
      type: 'object',
      required: ['kind'],
      properties: { kind: { type: 'string' } },
      additionalProperties: true,
    }),
    file: nullable(ref(evidenceFile)),
    by: ref(actor),
    at: instantMs,
  },
  {
    $id: 'Evidence',
    description: 'Something that was found out about a source tree, by a program or a person',
  },
);
true satisfies Same<Static<typeof evidence>, EvidenceView>;

export const waiver = Type.Object(
  {
    id: uuid<WaiverId>('Waiver'),
    gate: text,
    environment: environmentName,
    by: actorId,
    roles: listOf(nameOf<RoleName>('Role')),
    reason: text,
    at: instantMs,
  },
  { $id: 'Waiver', description: 'A gate that somebody let pass, with a reason' },
);
true satisfies Same<Static<typeof waiver>, WaiverView>;
