import type { Actor } from '../../../domain/actor.ts';
import type { RoleName } from '../../../domain/ids.ts';
import type { ProjectFile } from '../../../domain/project-file/types.ts';
import { signingRoles } from '../../../domain/roles.ts';

/** Whether a person who said something holds one of these roles now; any role, where none is named. */
export function isOneOf(by: Actor, from: readonly RoleName[], file: Pick<ProjectFile, 'roles'>): boolean {
  return by.kind === 'person' && signingRoles(file, by.id, from).length > 0;
}
