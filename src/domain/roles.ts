import type { ActorId, RoleName } from './ids.ts';
import type { ProjectFile, Role } from './project-file/types.ts';
import type { Lifter } from './admission.ts';

type Roles = Pick<ProjectFile, 'roles'>;

const entries = (file: Roles): readonly [RoleName, Role][] =>
  Object.entries(file.roles) as [RoleName, Role][];

export const rolesOf = (file: Roles, person: ActorId): readonly RoleName[] =>
  entries(file).flatMap(([name, role]) => (role.members.includes(person) ? [name] : []));

export const allMembers = (file: Roles): readonly ActorId[] => [
  ...new Set(entries(file).flatMap(([, role]) => role.members)),
];

/** Who can lift a blocker, with where to reach them (REL-16). Without names: every role. */
export function peopleOf(file: Roles, named?: readonly RoleName[], except: readonly ActorId[] = []): Lifter {
  const chosen = entries(file).filter(([name]) => named === undefined || named.includes(name));
  const members = new Set(chosen.flatMap(([, role]) => role.members));
  return {
    kind: 'people',
    roles: chosen.map(([name]) => name),
    members: [...members].filter((member) => !except.includes(member)),
    contacts: [
      ...new Set(
        chosen.flatMap(([, role]) => [role.contact, role.onCall].filter((one) => one !== undefined)),
      ),
    ],
  };
}
