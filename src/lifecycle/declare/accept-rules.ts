import type { Actor } from '../../domain/actor.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Digest, Instant, ProjectId } from '../../domain/ids.ts';
import type { EnvironmentSpec, ProjectFile } from '../../domain/project-file/types.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import { desiredChanged } from '../desired-changed.ts';
import { allEnvironments, namesBeside } from '../lookup.ts';

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
  await noteInForce(tx, next.project, { file, digest });
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
  await tx.wake([{ key: `project/${next.project}`, project: next.project, at: now }]);
}

/** The file that a transaction noted last: one that a thousand environments follow is noted once. */
const noted = new WeakMap<Transaction, Digest>();

/** Kept with the project, so that whoever needs its people or its ladders reads one record and not every environment. */
async function noteInForce(
  tx: Transaction,
  project: ProjectId,
  { file, digest }: Pick<AcceptedFile, 'file' | 'digest'>,
): Promise<void> {
  if (noted.get(tx) === digest) return;
  noted.set(tx, digest);
  const stored = await tx.get(project, 'project', project);
  if (stored === undefined || stored.value.inForce?.file === digest) return;
  const unnamed = namesBeside(file, await allEnvironments(tx, project));
  const inForce = { file: digest, unnamed };
  await tx.put(project, 'project', project, { ...stored.value, inForce }, stored.version);
}
