import { allMembers } from '../../domain/roles.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';

/** The name of a member without what follows the `@`. */
export const shortName = (member: string): string => member.split('@')[0] ?? member;

/** The members whom a name may mean: as it stands, or without what follows the `@`. */
export const membersNamed = (file: Pick<ProjectFile, 'roles'>, name: string): readonly string[] =>
  allMembers(file).filter((member) => member === name || shortName(member) === name);

/** The one member whom a name means; null where it is nobody, or more than one. */
export function memberNamed(file: Pick<ProjectFile, 'roles'>, name: string): string | null {
  const [only, ...others] = membersNamed(file, name);
  return only === undefined || others.length > 0 ? null : only;
}
