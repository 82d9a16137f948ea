import type { Actor } from '../../domain/actor.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Digest, Instant } from '../../domain/ids.ts';
import type { EnvironmentSpec, ProjectFile } from '../../domain/project-file/types.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import { desiredChanged } from '../desired-changed.ts';

export interface AcceptedFile {
  readonly file: ProjectFile;
  readonly digest: Digest;
  readonly branch: string;
}

/** The file becomes the rules in force for one environment, new or not. */
export async function acceptRules(
  tx: Transaction,
  stored: Stored<'environment'>,
  { file, digest, branch }: AcceptedFile,
  by: Actor,
  now: Instant,
): Promise<void> {
  const { value: before, version } = stored;
  const spec = file.environments[before.name] as EnvironmentSpec;
  const rules = { file: digest, branch, acceptedAt: now, acceptedBy: by };
  const next: Environment = { ...before, spec, rules, revision: before.revision + 1 };
  await tx.put(next.project, 'environment', next.id, next, version);
  const isNew = version === 0;
  await tx.append([
    {
      project: next.project,
      kind: isNew ? 'environment.declared' : 'rules.accepted',
      at: now,
      actor: by,
      environment: next.id,
      subject: `environment/${next.id}`,
      message: isNew
        ? `${next.name} was declared (${spec.tier}: ${spec.purpose})`
        : `${next.name} follows a new project file`,
      payload: { file: digest, branch, spec },
    },
    ...(isNew ? [] : [desiredChanged(next, null, now)]),
  ]);
  await tx.wake([{ key: `environment/${next.id}`, project: next.project, at: now }]);
}
