import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unaskedFace } from '../../scripts/permissions-page.ts';
import { type AgentCaller, agentCallerNames, agentVerdict } from '../../src/api/agents/access.ts';
import { createAgentListener, describeAgentCalls } from '../../src/api/agents/listener.ts';
import { digestOf } from '../../src/domain/canonical.ts';
import { instant } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { nonceHeader, signToken } from '../../src/protocol/token.ts';
import { environments, openWorld, type World } from './world.ts';

const calls = describeAgentCalls({ face: unaskedFace, clock: systemClock, log: silentLog });

/** The sockets of all environments, as the control plane opens them. */
async function socketsOf(world: World): Promise<Readonly<Record<string, Pool>>> {
  const folder = await mkdtemp(join(tmpdir(), 'rung-attack-'));
  const listener = await createAgentListener({ face: world.agents, clock: systemClock, log: silentLog });
  const pools: Record<string, Pool> = {};
  for (const name of environments) {
    const socketPath = join(folder, `${name}.sock`);
    await listener.listen(socketPath);
    pools[name] = new Pool('http://control', { socketPath });
  }
  onTestFinished(async () => {
    await Promise.all(Object.values(pools).map((pool) => pool.destroy()));
    await listener.close();
    await rm(folder, { recursive: true, force: true });
  });
  return pools;
}

interface Identity {
  readonly agent: string;
  readonly key: string;
}

const agentOf = ({ declared, keys }: World, name: string, key = name): Identity => ({
  agent: declared.environments.find((one) => one.name === name)?.agent ?? '',
  key: keys[key]?.signing.privateKey ?? '',
});

/** Who signs, when it is about an environment. */
function identityOf(world: World, caller: AgentCaller, about: string): Identity | null {
  const another = environments.find((name) => name !== about) ?? '';
  switch (caller) {
    case 'nobody':
    case 'person':
      return null;
    case 'this environment':
      return agentOf(world, about);
    case 'other environment':
      return agentOf(world, another);
    case 'other project':
      return {
        agent: world.other.environments.find((one) => one.name === about)?.agent ?? '',
        key: world.keys[`other ${about}`]?.signing.privateKey ?? '',
      };
    case 'revoked key':
      return agentOf(world, about, `old ${about}`);
  }
}

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string;
}

async function answerTo(
  pool: Pool,
  sent: Sent,
  authorization: string | null,
): Promise<{ readonly status: number; readonly nonce: string; readonly text: string }> {
  const { statusCode, headers, body } = await pool.request({
    ...sent,
    body: sent.body === '' ? null : sent.body,
    headers: {
      ...(sent.body === '' ? {} : { 'content-type': 'application/json' }),
      ...(authorization === null ? {} : { authorization }),
    },
  });
  return { status: statusCode, nonce: String(headers[nonceHeader]), text: await body.text() };
}

async function signed(world: World, pool: Pool, sent: Sent, { agent, key }: Identity): Promise<string> {
  const { nonce } = await answerTo(pool, sent, null);
  const issuedAt = systemClock.now();
  const claims = {
    agent: agent as never,
    audience: world.project,
    method: sent.method,
    path: sent.path,
    body: digestOf(sent.body),
    nonce,
    issuedAt,
    expiresAt: instant(issuedAt + 30_000),
  };
  return `Rung ${signToken(claims, key)}`;
}

/** What each call is, when it is about an environment. */
async function sentAbout(world: World, path: string, about: string): Promise<Sent> {
  const environment = world.declared.environments.find(({ name }) => name === about)?.id ?? '';
  const post = (message: object): Sent => ({ method: 'POST', path, body: JSON.stringify(message) });
  if (path.endsWith('/poll')) return post({ protocol: 1, cursor: null, head: 0 });
  if (path.endsWith('/observations'))
    return post({
      protocol: 1,
      boot: 'attack',
      sequence: 1,
      observations: [observationOf(environment)],
      samples: [],
      countersignature: null,
    });
  const { services } = await world.control.release(world.project, await runningIn(world, about));
  return {
    method: 'GET',
    path: path.replace(':digest', Object.values(services)[0]?.artifact ?? ''),
    body: '',
  };
}

const observationOf = (environment: string) => ({
  environment,
  revision: 0,
  converged: false,
  services: [],
  rollout: null,
  isolation: { level: 'none', detail: '' },
  troubles: [],
});

const runningIn = async ({ control, project }: World, name: string): Promise<string> =>
  (await control.environment(project, name)).release?.version ?? '';

/** `left out` where the answer is fine and says nothing of the environment. */
function outcomeOf(world: World, about: string, { status, text }: { status: number; text: string }): string {
  if (status >= 300) return (JSON.parse(text) as { code: string }).code;
  const environment = world.declared.environments.find(({ name }) => name === about)?.id ?? '';
  return text.startsWith('{"protocol"') && !text.includes(environment) ? 'left out' : 'allowed';
}

async function openTo(socket: string, about: string, world: World): Promise<void> {
  const pool = (await socketsOf(world))[socket];
  if (pool === undefined) throw new Error(`there is no socket of ${socket}`);
  for (const call of calls) {
    const outcomes: [AgentCaller, string][] = [];
    for (const caller of agentCallerNames) {
      const sent = await sentAbout(world, call.path, about);
      const identity = identityOf(world, caller, about);
      const person = caller === 'person' ? 'Bearer rung_x' : null;
      const proof = identity === null ? person : await signed(world, pool, sent, identity);
      outcomes.push([caller, outcomeOf(world, about, await answerTo(pool, sent, proof))]);
    }
    expect({ call: call.path, outcomes }).toEqual({
      call: call.path,
      outcomes: agentCallerNames.map((caller) => [caller, agentVerdict(call, caller)]),
    });
  }
}

const pairs = environments.flatMap((socket) => environments.map((about) => [socket, about] as const));

describe('what agents may do (OPS-7)', () => {
  it.each(pairs)('holds on the socket of %s for what is about %s', async (socket, about) => {
    await openTo(socket, about, await openWorld());
  });
});
