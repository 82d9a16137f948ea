import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { onTestFinished } from 'vitest';
import { createAgentListener } from '../../src/api/agents/listener.ts';
import { digestOf } from '../../src/domain/canonical.ts';
import { instant } from '../../src/domain/ids.ts';
import type { Log } from '../../src/domain/log.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { nonceHeader, signToken } from '../../src/protocol/token.ts';
import { environments, type World } from './world.ts';

export interface AgentSocket {
  readonly path: string;
  readonly pool: Pool;
}

/** The sockets of all environments, as the control plane opens them. */
export async function socketsOf(
  world: World,
  log: Log = silentLog,
): Promise<Readonly<Record<string, AgentSocket>>> {
  const folder = await mkdtemp(join(tmpdir(), 'rung-attack-'));
  const listener = await createAgentListener({ face: world.agents, clock: systemClock, log });
  const sockets: Record<string, AgentSocket> = {};
  for (const name of environments) {
    const path = join(folder, `${name}.sock`);
    await listener.listen(path);
    sockets[name] = { path, pool: new Pool('http://control', { socketPath: path }) };
  }
  onTestFinished(async () => {
    await Promise.all(Object.values(sockets).map(({ pool }) => pool.destroy()));
    await listener.close();
    await rm(folder, { recursive: true, force: true });
  });
  return sockets;
}

export async function socketOf(world: World, name: string, log?: Log): Promise<AgentSocket> {
  const socket = (await socketsOf(world, log))[name];
  if (socket === undefined) throw new Error(`there is no socket of ${name}`);
  return socket;
}

export interface Identity {
  readonly agent: string;
  readonly key: string;
}

export const agentOf = ({ declared, keys }: World, name: string, key = name): Identity => ({
  agent: declared.environments.find((one) => one.name === name)?.agent ?? '',
  key: keys[key]?.signing.privateKey ?? '',
});

export interface Sent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string;
}

export async function answerTo(
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

export async function signed(
  world: World,
  pool: Pool,
  sent: Sent,
  { agent, key }: Identity,
): Promise<string> {
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
export async function sentAbout(world: World, path: string, about: string): Promise<Sent> {
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

export const observationOf = (environment: string) => ({
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
