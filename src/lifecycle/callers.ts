import type { Actor } from '../domain/actor.ts';
import { Failure } from '../domain/failure.ts';
import type { ProjectId } from '../domain/ids.ts';
import { rolesOf } from '../domain/roles.ts';
import type { Reader } from '../engine/store.ts';
import type { Caller } from './face.ts';
import { anyRules } from './lookup.ts';

/** Only a person can answer for this. Denied to programs, whatever their token says. */
export function asPerson(caller: Caller, act: string): Actor & { kind: 'person' } {
  if (caller.actor.kind === 'person') return caller.actor;
  throw new Failure('denied', 'person-needed', `Only a person can ${act}.`, {
    wayOut: 'Sign in, and do it in your own name.',
  });
}

/** Only members have a say: denied `role-unknown` to a person without a role. Programs were held to their scopes at the door. */
export async function needMember(
  tx: Reader,
  project: ProjectId,
  { person }: Pick<Caller, 'person'>,
): Promise<void> {
  if (person !== null && rolesOf(await anyRules(tx, project), person).length === 0) throw noRole(person);
}

/** For acts that any member may do, and nobody else. */
export const noRole = (person: string): Failure =>
  new Failure('denied', 'role-unknown', `${person} has no role in this project.`, {
    wayOut: 'Ask somebody who has one, or have yourself added under `roles` in rung.yaml.',
  });
