import type { Actor } from '../../../domain/actor.ts';
import type { RoleName } from '../../../domain/ids.ts';
import type { ProjectFile } from '../../../domain/project-file/types.ts';
import { rolesOf } from '../../../domain/roles.ts';

/** Whether a person who said something holds one of these roles now; any role, where none is named. */
export function isOneOf(by: Actor, from: readonly RoleName[], file: Pick<ProjectFile, 'roles'>): boolean {
  if (by.kind !== 'person') return false;
  const roles = rolesOf(file, by.id);
  return from.length === 0 ? roles.length > 0 : roles.some((role) => from.includes(role));
}
