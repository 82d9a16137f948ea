import { Failure } from '../../domain/failure.ts';
import type { ActorId, ProjectId, RoleName } from '../../domain/ids.ts';
import type { ControlPlane } from '../../lifecycle/face.ts';

export interface Member {
  readonly id: ActorId;
  readonly roles: readonly RoleName[];
}

type Rules = Pick<ControlPlane, 'projects' | 'rules'>;

/** The people whom a project's file names, each with all of their roles, in the order of their names. */
export async function membersOf(
  controlPlane: Pick<ControlPlane, 'rules'>,
  project: ProjectId,
): Promise<readonly Member[]> {
  const { roles } = await controlPlane.rules(project);
  return gather(Object.entries(roles).map(([role, { members }]) => [role as RoleName, members]));
}

/** The same over all projects. */
export async function membersOfAll(controlPlane: Rules): Promise<readonly Member[]> {
  const lists = await Promise.all(
    (await controlPlane.projects()).map(({ id }) => membersOf(controlPlane, id)),
  );
  return gather(lists.flat().flatMap(({ id, roles }) => roles.map((role) => [role, [id]] as const)));
}

function gather(held: readonly (readonly [RoleName, readonly ActorId[]])[]): readonly Member[] {
  const roles = new Map<ActorId, Set<RoleName>>();
  for (const [role, members] of held)
    for (const member of members) roles.set(member, (roles.get(member) ?? new Set()).add(role));
  return [...roles]
    .map(([id, ofMember]) => ({ id, roles: [...ofMember].toSorted() }))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

/** Throws denied `member-unknown` for whom no project names. */
export async function requireMember(controlPlane: Rules, name: string): Promise<ActorId> {
  const members = await membersOfAll(controlPlane);
  const member = members.find(({ id }) => id === name);
  if (member !== undefined) return member.id;
  throw new Failure('denied', 'member-unknown', `No project file names ${name}, so nobody can act as them.`, {
    wayOut: `Act as one of ${members.map(({ id }) => id).join(', ') || 'the members, once a file names some'}.`,
  });
}
