import { type Static, Type } from 'typebox';
import { type EvidenceFacts, type EvidenceId, evidenceKinds } from '../../domain/evidence/evidence.ts';
import type { EvidenceView } from '../../lifecycle/views.ts';
import { actor } from './actor.ts';
import { evidenceFile } from './admission.ts';
import type { Same } from './same.ts';
import { environmentName, instantMs, nullable, oneOf, ref, text, uuid } from './shapes.ts';

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
