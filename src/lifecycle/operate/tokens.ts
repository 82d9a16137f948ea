import { randomBytes } from 'node:crypto';
import { digestOf } from '../../domain/canonical.ts';
import type { Actor } from '../../domain/actor.ts';
import { Failure } from '../../domain/failure.ts';
import { type ActorId, type EnvironmentName, later, type ProjectId } from '../../domain/ids.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { rolesAmong } from '../../domain/roles.ts';
import { isProtected, proposalPolicy } from '../../domain/rules/index.ts';
import type { TokenRecord } from '../../engine/records.ts';
import type { Reader, Stored } from '../../engine/store.ts';
import type { ControlPlane } from '../face.ts';
import { asPerson, needMember } from '../callers.ts';
import { anyRules, everyOne } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import type { TokenView } from '../views.ts';

type Tokens = Pick<ControlPlane, 'tokens' | 'createToken' | 'revokeToken' | 'callerOfToken'>;

const longestMs = 366 * 24 * 3_600_000;

/** Tokens for CI. Only a digest of each is kept: 256 random bits need no salt and no slow hash. */
export function createTokens({ store, clock }: Parts): Tokens {
  return {
    tokens: (project, caller) => {
      const by = asPerson(caller, 'look at tokens');
      return store.read(async (tx) => {
        await needMember(tx, project, caller);
        const all = (await everyOne(tx, project, 'token')).map(({ value }) => value);
        const keeps = keepsTokens(await anyRules(tx, project), by.id);
        return all.filter(({ createdBy }) => keeps || isOf(createdBy, by.id)).map(viewOf);
      });
    },
    createToken: async (project, ask, caller) => {
      const by = asPerson(caller, 'make a token');
      if (!(ask.expiresInMs > 0 && ask.expiresInMs <= longestMs))
        throw new Failure('invalid', 'token-lifetime', 'A token lives for at most 366 days.', {
          wayOut: 'Ask for a shorter one; 90 days is usual.',
        });
      const secret = `rung_${randomBytes(32).toString('base64url')}`;
      const now = clock.now();
      const token: TokenRecord = {
        id: digestOf(secret),
        project,
        name: ask.name,
        scopes: ask.scopes,
        createdBy: by,
        createdAt: now,
        expiresAt: later(now, ask.expiresInMs),
        revokedAt: null,
      };
      await store.transaction(async (tx) => {
        await needMember(tx, project, caller);
        await tx.put(project, 'token', token.id, token, 0);
        await tx.append([
          {
            project,
            kind: 'token.created',
            at: now,
            actor: by,
            environment: null,
            subject: `token/${token.name}`,
            message: `${by.id} made the token ${token.name} (${token.scopes.join(', ')})`,
            payload: { name: token.name, scopes: token.scopes, expiresAt: token.expiresAt },
          },
        ]);
      });
      return { token: viewOf(token), secret };
    },
    revokeToken: async (project, id, caller) => {
      const by = asPerson(caller, 'revoke a token');
      return store.transaction(async (tx) => {
        await needMember(tx, project, caller);
        const named = (await tx.get(project, 'token', id)) ?? (await tokenNamed(tx, project, id));
        if (named === undefined)
          throw new Failure('absent', 'token-absent', `There is no token ${id}.`, {
            wayOut: 'See which there are: rung token list',
          });
        if (named.value.revokedAt !== null) return viewOf(named.value);
        const token: TokenRecord = { ...named.value, revokedAt: clock.now() };
        await tx.put(project, 'token', token.id, token, named.version);
        await tx.append([
          {
            project,
            kind: 'token.revoked',
            at: clock.now(),
            actor: by,
            environment: null,
            subject: `token/${token.name}`,
            message: `${by.id} revoked the token ${token.name}`,
            payload: { name: token.name },
          },
        ]);
        return viewOf(token);
      });
    },
    callerOfToken: async (secret) => {
      const id = digestOf(secret);
      for (const { id: project } of await store.projects()) {
        const token = (await store.read((tx) => tx.get(project, 'token', id)))?.value;
        if (token !== undefined && token.revokedAt === null && token.expiresAt > clock.now())
          return { project, caller: callerOf(token) };
      }
      throw new Failure('denied', 'token-unknown', 'This token is unknown, expired or revoked.', {
        wayOut: 'Make a new one: rung token create',
      });
    },
  };
}

/** Whoever may let the rules of a protected environment be weakened may see every key to the project, too. */
function keepsTokens(file: ProjectFile, person: ActorId): boolean {
  const names = Object.keys(file.environments) as EnvironmentName[];
  const policies = names.filter((name) => isProtected(file, name)).map((name) => proposalPolicy(file, name));
  const roles = policies.flatMap((policy) => policy?.from ?? []);
  // Where nothing is protected, all members are alike.
  return policies.length === 0 || rolesAmong(file, person, roles).length > 0;
}

/** Several may have one name. Of those that were not revoked, that which lives longest: one that has expired opens nothing. */
async function tokenNamed(
  tx: Reader,
  project: ProjectId,
  name: string,
): Promise<Stored<'token'> | undefined> {
  const all = await everyOne(tx, project, 'token', { name });
  const [longest] = all
    .filter(({ value }) => value.revokedAt === null)
    .toSorted((left, right) => right.value.expiresAt - left.value.expiresAt);
  return longest;
}

const isOf = (createdBy: Actor, person: ActorId): boolean =>
  createdBy.kind === 'person' && createdBy.id === person;

const callerOf = (token: TokenRecord) => ({
  actor: { kind: 'token', id: token.name as ActorId, name: token.name } as const,
  scopes: token.scopes,
  person: null,
});

const viewOf = ({ id, name, scopes, createdAt, expiresAt, revokedAt }: TokenRecord): TokenView => ({
  id,
  name,
  scopes,
  createdAt,
  expiresAt,
  revokedAt,
});
