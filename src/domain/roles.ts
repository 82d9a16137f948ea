import type { ActorId, RoleName } from './ids.ts';
import type { ProjectFile, Role } from './project-file/types.ts';
import type { People } from './admission.ts';
import { remembered } from './remembered.ts';

type Roles = Pick<ProjectFile, 'roles'>;

/** What the roles of a file come to, worked out once: a file that is in force never changes, and admission asks it often. */
interface Known {
  readonly ofPerson: ReadonlyMap<ActorId, readonly RoleName[]>;
  readonly everybody: People;
  /** By the list of names asked for: those of a file are as lasting as the file. */
  readonly named: (names: readonly RoleName[]) => People;
}

const knownIn = remembered(
  (roles: ProjectFile['roles']): Known => ({
    ofPerson: byPerson({ roles }),
    everybody: peopleIn(entries({ roles })),
    named: remembered((names) => peopleIn(entries({ roles }).filter(([name]) => names.includes(name)))),
  }),
);

function byPerson(file: Roles): ReadonlyMap<ActorId, readonly RoleName[]> {
  const roles = new Map<ActorId, RoleName[]>();
  for (const [name, { members }] of entries(file))
    for (const member of new Set(members)) roles.set(member, [...(roles.get(member) ?? []), name]);
  return roles;
}

const entries = (file: Roles): readonly [RoleName, Role][] =>
  Object.entries(file.roles) as [RoleName, Role][];

const none: readonly RoleName[] = [];

export const rolesOf = (file: Roles, person: ActorId): readonly RoleName[] =>
  knownIn(file.roles).ofPerson.get(person) ?? none;

/** Those of the named roles that a person holds. */
export const rolesAmong = (file: Roles, person: ActorId, named: readonly RoleName[]): readonly RoleName[] =>
  rolesOf(file, person).filter((role) => named.includes(role));

/** The roles by which a person may sign where these are asked for; every role they hold, where none is named. */
export const signingRoles = (file: Roles, person: ActorId, from: readonly RoleName[]): readonly RoleName[] =>
  from.length === 0 ? rolesOf(file, person) : rolesAmong(file, person, from);

export const allMembers = (file: Roles): readonly ActorId[] => [...knownIn(file.roles).ofPerson.keys()];

/** The member whom an address means, however its letters are written; else the address as it is. */
export function memberMeant(file: Roles, address: ActorId): ActorId {
  const members = allMembers(file);
  const small = address.toLowerCase();
  return members.includes(address)
    ? address
    : (members.find((member) => member.toLowerCase() === small) ?? address);
}

/** Who can lift a blocker, with where to reach them (REL-16). Without names: every role. */
export function peopleOf(file: Roles, named?: readonly RoleName[], except: readonly ActorId[] = []): People {
  const known = knownIn(file.roles);
  const found = named === undefined ? known.everybody : known.named(named);
  return except.length === 0
    ? found
    : { ...found, members: found.members.filter((member) => !except.includes(member)) };
}

/** Whoever may sign where these roles are asked for; every member, where none is named. */
export const signersOf = (file: Roles, from: readonly RoleName[], except: readonly ActorId[] = []): People =>
  peopleOf(file, from.length === 0 ? undefined : from, except);

function peopleIn(chosen: readonly [RoleName, Role][]): People {
  return {
    kind: 'people',
    roles: chosen.map(([name]) => name),
    members: [...new Set(chosen.flatMap(([, role]) => role.members))],
    contacts: [...new Set(chosen.map(([, role]) => contactText(role)).filter((text) => text !== ''))],
  };
}

/** `#leads, on call: +44 20 7946 0000 (weekdays 9 to 17)`: what belongs to one role stays together. */
function contactText({ contact, onCall, availability }: Roles['roles'][RoleName]): string {
  const reached = [contact, onCall === undefined ? undefined : `on call: ${onCall}`];
  const text = reached.filter((one) => one !== undefined).join(', ');
  return availability === undefined ? text : `${text} (${availability})`.trim();
}
