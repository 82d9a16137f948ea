import type { ProjectFile } from '../project-file/types.ts';
import type { ActorId, RoleName } from '../ids.ts';
import { allMembers } from '../roles.ts';

/** Everybody who holds one of these roles; every member, where none is named. */
export const membersOf = (
  file: Pick<ProjectFile, 'roles'>,
  roles: readonly RoleName[],
): readonly ActorId[] =>
  roles.length === 0
    ? allMembers(file)
    : [...new Set(roles.flatMap((role) => file.roles[role]?.members ?? []))];

/** Each role with the people who can stand for it: `lead: ada, bo`. Different people in two roles are not the same. */
export const holdersOf = (file: Pick<ProjectFile, 'roles'>, roles: readonly RoleName[]): readonly string[] =>
  roles.flatMap((role) => (file.roles[role]?.members ?? []).map((member) => `${member} as ${role}`));
