import { type Static, Type } from 'typebox';
import type { RolloutId } from '../../domain/ids.ts';
import type { NoteLine } from '../../domain/release.ts';
import type { ReleaseView } from '../../lifecycle/views.ts';
import { actor } from './actor.ts';
import type { Same } from './same.ts';
import {
  digest,
  environmentName,
  instantMs,
  listOf,
  nullable,
  oneOf,
  recordOf,
  ref,
  releaseId,
  serviceName,
  text,
  uuid,
} from './shapes.ts';

export const noteLine = Type.Object(
  { kind: oneOf(['breaking', 'feature', 'fix', 'other']), text, commit: text },
  { $id: 'NoteLine', description: 'One line of the release notes' },
);
true satisfies Same<Static<typeof noteLine>, NoteLine>;

/** A release where only its name is needed. */
export const releaseRef = Type.Object({ id: releaseId, version: text });

export const release = Type.Object(
  {
    id: releaseId,
    version: text,
    tree: text,
    commit: text,
    branch: text,
    services: recordOf(serviceName, Type.Object({ artifact: digest })),
    notes: listOf(ref(noteLine)),
    createdAt: instantMs,
    createdBy: ref(actor),
    mark: nullable(
      Type.Object({
        reason: text,
        environment: environmentName,
        rollout: uuid<RolloutId>('Rollout'),
        at: instantMs,
      }),
    ),
    runsIn: listOf(environmentName),
  },
  { $id: 'Release', description: 'A release, its notes and where it runs now' },
);
true satisfies Same<Static<typeof release>, ReleaseView>;
