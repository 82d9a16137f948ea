import type { Actor } from '../api/views.ts';

/** `ada@example.org` is Ada, `j.smith@example.org` is j.smith. */
export function personName(id: string): string {
  const name = id.split('@')[0] ?? id;
  return /^[a-z]+$/.test(name) ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}

/** `engineering-lead` is engineering lead. */
export const roleName = (role: string): string => role.replaceAll('-', ' ');

/** `a`, `a and b`, `a, b and c`; with a word between the last two. */
export function listText(words: readonly string[], joiner: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${joiner} ${words.at(-1) ?? ''}`;
}

/** As many as can be asked are named; the rest is counted. */
const mostNamed = 4;

/** `Ada or Bo`; `Ada, Bo, Cy, Dee or 3 more` */
export function namesText(members: readonly string[]): string {
  const named = members.slice(0, mostNamed).map(personName);
  const more = members.length - named.length;
  return more > 0 ? `${named.join(', ')} or ${more} more` : listText(named, 'or');
}

/** Where more roles can do it than a line has room for, naming each of them says nothing any more. */
const mostRolesNamed = 4;

export const areRolesNamed = (roles: readonly string[]): boolean => roles.length <= mostRolesNamed;

/** `qa lead or devops lead`; `any of 6 roles` */
export const rolesText = (roles: readonly string[], joiner: 'and' | 'or'): string =>
  areRolesNamed(roles) ? listText(roles.map(roleName), joiner) : `any of ${roles.length} roles`;

export function actorText(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return personName(actor.id);
    case 'token':
      return actor.name;
    case 'agent':
      return 'the agent';
    case 'automation':
      return 'Rung';
  }
}

export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
