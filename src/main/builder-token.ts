import { join } from 'node:path';
import type { ActorId, ProjectId } from '../domain/ids.ts';
import type { Caller, ControlPlane } from '../lifecycle/face.ts';
import type { DataFolder } from './data-folder.ts';
import { readOwn, writeOwn } from './files.ts';

const lifeMs = 90 * 24 * 3_600_000;

export const builderTokenFile = (data: DataFolder): string => join(data.builder, 'token');

/**
 * The builder's own token, which may build and nothing else. A new one when the old one is no longer taken. It is made
 * in the owner's name by the control plane itself, whether or not the project file gives the owner a role.
 */
export async function writeBuilderToken(
  control: ControlPlane,
  data: DataFolder,
  project: ProjectId,
  owner: ActorId,
): Promise<void> {
  const kept = await readOwn(builderTokenFile(data));
  if (kept !== null && (await isTaken(control, project, kept))) return;
  const by: Caller = { actor: { kind: 'person', id: owner }, scopes: 'all', person: null };
  const ask = { name: 'laptop-builder', scopes: ['build', 'read'], expiresInMs: lifeMs } as const;
  const { secret } = await control.createToken(project, ask, by);
  await writeOwn(builderTokenFile(data), secret);
}

const isTaken = (control: ControlPlane, project: ProjectId, secret: string): Promise<boolean> =>
  control.callerOfToken(secret).then(
    (found) => found.project === project,
    () => false,
  );
