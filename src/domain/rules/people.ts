import type { ProjectFile } from '../project-file/types.ts';
import type { RoleName } from '../ids.ts';

/** Each role with the people who can stand for it: `ada as lead`. Different people in two roles are not the same. */
export const holdersOf = (file: Pick<ProjectFile, 'roles'>, roles: readonly RoleName[]): readonly string[] =>
  roles.flatMap((role) => (file.roles[role]?.members ?? []).map((member) => `${member} as ${role}`));
