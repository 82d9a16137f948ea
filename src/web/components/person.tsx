import type { Actor } from '../api/views.ts';
import { personName, roleName } from './names.ts';

/** A person by the name before the @; the whole address on hover. */
export const Person = ({ id }: { readonly id: string }) => <span title={id}>{personName(id)}</span>;

/** Who did something. Where somebody acted as a member, both are named. */
export function ActorName({ actor }: { readonly actor: Actor }) {
  switch (actor.kind) {
    case 'person':
      return (
        <>
          <Person id={actor.id} />
          {actor.actingFrom !== undefined && actor.actingFrom !== actor.id && (
            <span className="soft">
              {' '}
              (acted by <Person id={actor.actingFrom} />)
            </span>
          )}
        </>
      );
    case 'token':
      return <span title="A token">{actor.name}</span>;
    case 'agent':
      return <span title={actor.agent}>the agent</span>;
    case 'automation':
      return <span title={actor.rule}>Rung</span>;
  }
}

export const Roles = ({ roles }: { readonly roles: readonly string[] }) => (
  <span className="soft">{roles.length === 0 ? 'no role' : roles.map(roleName).join(', ')}</span>
);
