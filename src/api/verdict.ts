import type { TokenScope } from '../engine/records.ts';
import type { Access, ProjectAccess } from './access.ts';

/** Everybody who can come to the API, told apart by how they prove who they are and what that lets them. */
export const callers = {
  nobody: 'shows nothing at all',
  outsider: 'a person who signed in and holds no role in the project',
  member: 'a person with a role, which the rules in force name nowhere',
  named: 'a person with the role that the rules in force name for the act, or whose own it is',
  laptop: 'the token file of a laptop, as its owner, who holds no role',
  'read token': 'a token with the scope `read`',
  'build token': 'a token with the scope `build`',
  'evidence token': 'a token with the scope `evidence`',
  'promote token': 'a token with the scope `promote`',
  'foreign token': 'a token with every scope, of another project',
  'revoked token': 'a token with every scope, revoked',
  question: 'the token that went out with a question of a webhook gate',
  agent: 'a token signed by an agent of the project',
} as const;
export type CallerKind = keyof typeof callers;
export const callerKinds = Object.keys(callers) as readonly CallerKind[];

const scopes: Partial<Record<CallerKind, TokenScope>> = {
  'read token': 'read',
  'build token': 'build',
  'evidence token': 'evidence',
  'promote token': 'promote',
};
const unknown: ReadonlySet<CallerKind> = new Set(['revoked token', 'question', 'agent']);
const sessions: ReadonlySet<CallerKind> = new Set(['outsider', 'member', 'named']);

/** What comes of it when such a caller calls such a route: `allowed`, or the code of the failure. */
export function verdictOf(access: Access, caller: CallerKind): string {
  if (access.of === 'everybody' || access.of === 'this machine') return 'allowed';
  if (access.of === 'question') return caller === 'question' ? 'allowed' : 'callback-refused';
  if (caller === 'nobody') return 'signed-out';
  if (unknown.has(caller)) return 'token-unknown';
  switch (access.of) {
    case 'caller':
      return 'allowed';
    case 'laptop token':
      return caller === 'laptop' ? 'allowed' : 'sign-in-links-refused';
    case 'laptop session':
      return sessions.has(caller) ? 'allowed' : 'acting-as-refused';
    case 'project':
      return inProject(access, caller);
  }
}

function inProject({ scope, people }: ProjectAccess, caller: CallerKind): string {
  if (caller === 'named') return 'allowed';
  if (caller === 'member') return people.member;
  if (caller === 'outsider' || caller === 'laptop') return people.outsider;
  if (scope === null) return 'person-needed';
  if (caller === 'foreign token') return 'token-foreign';
  return scopes[caller] === scope ? 'allowed' : 'scope-missing';
}
