import type { ActorId, AgentId, EnvironmentId } from './ids.ts';

/** Who did something. Every event carries one. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly id: ActorId;
      /** The person who really sat there, when somebody acted as a member on the laptop. */
      readonly actingFrom?: ActorId;
    }
  | { readonly kind: 'token'; readonly id: ActorId; readonly name: string }
  | { readonly kind: 'agent'; readonly agent: AgentId; readonly environment?: EnvironmentId }
  | { readonly kind: 'automation'; readonly rule: string };

/** Every human being who is behind an act: who sat there, and as whom. Nobody behind a program. */
export const peopleBehind = (actor: Actor): readonly ActorId[] =>
  actor.kind === 'person' ? [actor.id, ...(actor.actingFrom === undefined ? [] : [actor.actingFrom])] : [];

export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return actor.id;
    case 'token':
      return actor.name;
    case 'agent':
      return 'agent';
    case 'automation':
      return 'Rung';
  }
}
