import type { Actor } from '../domain/actor.ts';
import { Failure } from '../domain/failure.ts';
import type { TokenScope } from '../engine/records.ts';
import type { Caller } from './face.ts';

/** Only a person can answer for this. Denied to programs, whatever their token says. */
export function asPerson(caller: Caller, act: string): Actor & { kind: 'person' } {
  if (caller.actor.kind === 'person') return caller.actor;
  throw new Failure('denied', 'person-needed', `Only a person can ${act}.`, {
    wayOut: 'Sign in, and do it in your own name.',
  });
}

/** A person may what their roles allow; a token only what its scopes say. */
export function needScope(caller: Caller, scope: TokenScope): void {
  if (caller.scopes === 'all' || caller.scopes.includes(scope)) return;
  throw new Failure('denied', 'scope-missing', `This token may not do that: it has no scope "${scope}".`, {
    wayOut: `Make a token that has it: rung token create NAME --scope ${scope}`,
  });
}

/** For acts that any member may do, and nobody else. */
export const noRole = (person: string): Failure =>
  new Failure('denied', 'role-unknown', `${person} has no role in this project.`, {
    wayOut: 'Ask somebody who has one, or have yourself added under `roles` in rung.yaml.',
  });
