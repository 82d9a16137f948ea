import { Failure } from '../domain/failure.ts';
import type { TokenScope } from '../engine/records.ts';

/**
 * Who may call a route, as data: the door checks it, the page of permissions is made from it, and a test tries every
 * cell. A route that does not say it cannot be registered.
 */
export type Access =
  /** Needs no proof of who calls: it says nothing of a project, or is how one comes to prove it. */
  | { readonly of: 'everybody' }
  /** A program on this machine. */
  | { readonly of: 'this machine' }
  /** Whoever proves who they are, for what is theirs. */
  | { readonly of: 'caller' }
  /** The command line of a laptop, with the token in its file. */
  | { readonly of: 'laptop token' }
  /** A person who signed in on a laptop. */
  | { readonly of: 'laptop session' }
  /** Whoever holds the token that went out with a question. */
  | { readonly of: 'question' }
  | ProjectAccess;

/** Below a project: a token needs its scope, and is for that project alone; null: no token may do it. */
export interface ProjectAccess {
  readonly of: 'project';
  readonly scope: TokenScope | null;
  readonly people: People;
}

/**
 * Which of the people who are signed in may. Whom the rules in force name is known to the use case alone, so it decides
 * and the door does not; what stands here is what everybody else hears from it, a failure's code.
 */
export interface People {
  /** Holds no role in the project. */
  readonly outsider: Verdict;
  /** Holds a role that nothing about this act names. */
  readonly member: Verdict;
}
/** `allowed`, or the code of the failure that it is refused with. */
export type Verdict = string;

const people = {
  all: { outsider: 'allowed', member: 'allowed' },
  members: { outsider: 'role-unknown', member: 'allowed' },
} as const satisfies Record<string, People>;

export const everybody = { of: 'everybody' } as const satisfies Access;
export const thisMachine = { of: 'this machine' } as const satisfies Access;
export const anyCaller = { of: 'caller' } as const satisfies Access;
export const laptopToken = { of: 'laptop token' } as const satisfies Access;
export const laptopSession = { of: 'laptop session' } as const satisfies Access;
export const questionToken = { of: 'question' } as const satisfies Access;

/** People who are signed in, and tokens with the scope. */
export const signedIn = (scope: TokenScope | null): ProjectAccess => ({
  of: 'project',
  scope,
  people: people.all,
});

/** People with a role in the project, and tokens with the scope. */
export const members = (
  scope: TokenScope | null,
  outsider: Verdict = people.members.outsider,
): ProjectAccess => ({ of: 'project', scope, people: { ...people.members, outsider } });

/** People whom the rules in force name for it, and no token. */
export const named = (member: Verdict, outsider: Verdict = member): ProjectAccess => ({
  of: 'project',
  scope: null,
  people: { member, outsider },
});

/** A route that was added without saying who may call it: nothing starts with it. */
export const accessUnsaid = (route: string): Failure =>
  new Failure('defect', 'access-unsaid', `${route} does not say who may call it.`, {
    wayOut: 'Say it under `config` where the route is registered.',
  });

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call it. */
    access?: Access;
  }
}
