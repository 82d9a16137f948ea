import { randomUUID } from 'node:crypto';
import { digestOf } from '../../src/domain/canonical.ts';
import { sign } from '../../src/domain/keys.ts';
import { instant } from '../../src/domain/ids.ts';
import { callbackText, type Question } from '../../src/domain/question.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { tokenScopes, type TokenScope } from '../../src/engine/records.ts';
import { signToken } from '../../src/protocol/token.ts';
import type { CallerKind } from '../../src/api/verdict.ts';
import { byToken, call, cookieOf, signIn } from '../api/stage.ts';
import { as, type Scene } from './scene.ts';
import { ada, hal, type World } from './world.ts';

type Headers = Record<string, string>;

/** How each kind of caller proves who they are, for real. */
export const proofs: Readonly<Record<CallerKind, (world: World) => Headers | Promise<Headers>>> = {
  nobody: () => ({}),
  outsider: ({ stage: { api } }) => signIn(api),
  member: (world) => actingAs(world, hal),
  named: (world) => actingAs(world, ada),
  laptop: () => byToken(),
  'read token': (world) => tokenWith(world, ['read']),
  'build token': (world) => tokenWith(world, ['build']),
  'evidence token': (world) => tokenWith(world, ['evidence']),
  'promote token': (world) => tokenWith(world, ['promote']),
  'foreign token': (world) => tokenWith(world, tokenScopes, world.other.project),
  'revoked token': revokedToken,
  question: async (world) => bearer(tokenOf(world, await openQuestionOf(world))),
  agent: agentToken,
};

const bearer = (secret: string): Headers => ({ authorization: `Bearer ${secret}` });

async function actingAs({ stage: { api } }: World, member: string): Promise<Headers> {
  const headers = await signIn(api);
  const answer = await call(api, 'POST', '/api/v1/me/act-as', { headers, body: { member } });
  return { ...headers, cookie: cookieOf(answer) };
}

async function tokenWith(
  { control, ...world }: World,
  scopes: readonly TokenScope[],
  project = world.project,
): Promise<Headers> {
  const ask = { name: randomUUID(), scopes, expiresInMs: 3_600_000 };
  return bearer((await control.createToken(project, ask, world.as(ada))).secret);
}

async function revokedToken({ control, project }: World): Promise<Headers> {
  const ask = { name: randomUUID(), scopes: tokenScopes, expiresInMs: 3_600_000 };
  const { token, secret } = await control.createToken(project, ask, as(ada));
  await control.revokeToken(project, token.id, as(ada));
  return bearer(secret);
}

/** What was asked because a promotion waits for the answer. */
export async function openQuestionOf({ parts, project, wanted }: Scene): Promise<Question> {
  const { items } = await parts.store.read((tx) => tx.list(project, 'question', {}, { limit: 10 }));
  const question = items.map(({ value }) => value).find(({ version }) => version === wanted);
  if (question === undefined) throw new Error('nobody was asked');
  return question;
}

export const tokenOf = (world: Pick<Scene, 'questionKey'>, question: Question): string =>
  sign(world.questionKey, callbackText(question));

function agentToken({ declared, keys, project }: World): Headers {
  const dev = declared.environments.find(({ name }) => name === 'dev');
  const now = systemClock.now();
  const claims = {
    agent: dev?.agent ?? ('' as never),
    audience: project,
    method: 'GET',
    path: '/api/v1/me',
    body: digestOf(''),
    nonce: 'none',
    issuedAt: now,
    expiresAt: instant(now + 30_000),
  };
  return { authorization: `Rung ${signToken(claims, keys['dev']?.signing.privateKey ?? '')}` };
}
