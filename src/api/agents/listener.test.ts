import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeControl, listenFor, packed, project, testAgent } from '../../../test/agent/fake-control.ts';
import { createControlClient } from '../../agent/control-client.ts';
import { digestOf } from '../../domain/canonical.ts';
import { type Instant, type ProjectId, instant } from '../../domain/ids.ts';
import { silentLog } from '../../domain/log.ts';
import { type Clock, systemClock } from '../../engine/clock.ts';
import { agentLimits } from '../../protocol/agent-limits.ts';
import type { Observation } from '../../protocol/messages.ts';
import { protocolVersion } from '../../protocol/version.ts';
import { type TokenClaims, nonceHeader, signToken } from '../../protocol/token.ts';
import { type AgentListener, createAgentListener } from './listener.ts';

const test = testAgent(1);
const prod = testAgent(2);
const control = new FakeControl([test, prod]);
const secretOfProd = packed({ secret: 'of prod' });
let folder: string;
let socketPath: string;
let listener: AgentListener;
let pool: Pool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rung-listener-'));
  socketPath = join(folder, 'control.sock');
  listener = await listenFor(control);
  await listener.listen(socketPath);
  pool = new Pool('http://control', { socketPath });
  control.artifacts.set(secretOfProd.digest, {
    bytes: secretOfProd.bytes,
    environments: new Set([prod.environment]),
  });
});

afterAll(async () => {
  await pool.destroy();
  await listener.close();
  await rm(folder, { recursive: true });
});

const observations = '/agent/v1/observations';
const emptyMessage = {
  protocol: protocolVersion,
  boot: 'b',
  sequence: 1,
  observations: [],
  samples: [],
  countersignature: null,
};

async function call(path: string, message: object | null, token: string | null) {
  const { statusCode, headers, body } = await pool.request({
    path,
    method: message ? 'POST' : 'GET',
    headers: {
      ...(token ? { authorization: `Rung ${token}` } : {}),
      ...(message ? { 'content-type': 'application/json' } : {}),
    },
    ...(message ? { body: JSON.stringify(message) } : {}),
  });
  const text = await body.text();
  return { status: statusCode, nonce: String(headers[nonceHeader]), text, code: codeIn(text) };
}

function codeIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { code?: string }).code;
  } catch {
    return undefined;
  }
}

const freshNonce = async (): Promise<string> => (await call(observations, emptyMessage, null)).nonce;

/** A token that is right for `emptyMessage`, but for what is said otherwise. */
async function token(
  changed: Partial<TokenClaims> = {},
  privateKey = test.signing.privateKey,
): Promise<string> {
  const now = systemClock.now();
  return signToken(
    {
      agent: test.agent,
      audience: project,
      method: 'POST',
      path: observations,
      body: digestOf(JSON.stringify(emptyMessage)),
      nonce: await freshNonce(),
      issuedAt: now,
      expiresAt: instant(now + 30_000),
      ...changed,
    },
    privateKey,
  );
}

describe('the agents’ way into the control plane', () => {
  it('takes a call whose token is for exactly this call', async () => {
    expect((await call(observations, emptyMessage, await token())).status).toBe(204);
  });

  it('refuses a token that was used before', async () => {
    const once = await token();
    expect((await call(observations, emptyMessage, once)).status).toBe(204);
    expect(await call(observations, emptyMessage, once)).toMatchObject({
      status: 401,
      code: 'token-replayed',
    });
  });

  it('refuses a call without a token, and gives the nonce for the next one', async () => {
    const answer = await call(observations, emptyMessage, null);
    expect(answer).toMatchObject({ status: 401, code: 'token-missing' });
    expect(answer.nonce.length).toBeGreaterThan(20);
  });

  const minuteAgo = (): Instant => instant(systemClock.now() - 60_000);
  it.each([
    [
      'has expired',
      () => ({ issuedAt: minuteAgo(), expiresAt: instant(minuteAgo() + 30_000) }),
      'token-expired',
    ],
    ['lives too long', () => ({ expiresAt: instant(systemClock.now() + 600_000) }), 'token-expired'],
    ['is for another control plane', () => ({ audience: 'other' as ProjectId }), 'token-foreign'],
    ['is for another method', () => ({ method: 'GET' }), 'token-foreign'],
    ['is for another path', () => ({ path: '/agent/v1/poll' }), 'token-foreign'],
    ['is for another body', () => ({ body: digestOf('{}') }), 'token-foreign'],
    ['has a nonce nobody gave out', () => ({ nonce: 'A'.repeat(38) }), 'nonce-stale'],
    ['names an agent that is not there', () => ({ agent: testAgent(9).agent }), 'agent-unknown'],
    ['names another agent than signed it', () => ({ agent: prod.agent }), 'key-unknown'],
  ] as const)('refuses a token that %s', async (_what, changed, code) => {
    const answer = await call(observations, emptyMessage, await token(changed()));
    expect(answer).toMatchObject({ status: 401, code });
  });

  it.each(['', 'x', 'a.b', 'a.b.c', 'e30.AA', 'x'.repeat(9000)])(
    'refuses what is no token: %.20s',
    async (text) => {
      expect((await call(observations, emptyMessage, text)).status).toBe(401);
    },
  );

  it('refuses a key from the moment it is revoked, and takes the one that replaces it', async () => {
    const agent = testAgent(3);
    const own = new FakeControl([agent]);
    await using opened = await (await listenFor(own)).listen(join(folder, 'revoked.sock'));
    void opened;
    const options = {
      socketPath: join(folder, 'revoked.sock'),
      agent: agent.agent,
      audience: project,
      clock: systemClock,
    };
    const client = createControlClient({ ...options, privateKey: agent.signing.privateKey });
    const { signal } = new AbortController();
    const message = { ...emptyMessage, protocol: 1 } as const;
    await client.observe(message, signal);
    agent.keys = agent.keys.map((key) => ({ ...key, revokedAt: systemClock.now() }));
    await expect(client.observe(message, signal)).rejects.toMatchObject({
      kind: 'denied',
      code: 'key-unknown',
    });
    const next = testAgent(3);
    agent.keys = [...agent.keys, ...next.keys];
    const renewed = createControlClient({ ...options, privateKey: next.signing.privateKey });
    await renewed.observe(message, signal);
    await Promise.all([client.close(), renewed.close()]);
  });

  it('lets a stolen test key read and report nothing of prod, on any route (OPS-7)', async () => {
    const { signal } = new AbortController();
    const thief = createControlClient({
      socketPath,
      agent: test.agent,
      audience: project,
      privateKey: test.signing.privateKey,
      clock: systemClock,
    });
    const ofProd = {
      environment: prod.environment,
      name: 'prod',
      revision: 1,
      services: [],
      rollout: null,
      project,
    };
    control.want(ofProd as unknown as Parameters<FakeControl['want']>[0]);
    const polled = await thief.poll({ protocol: 1, cursor: null, head: 0 }, signal);
    expect(polled.environments).toEqual([]);
    await expect(thief.artifact(secretOfProd.digest, signal)).rejects.toMatchObject({ kind: 'denied' });
    const observation = {
      environment: prod.environment,
      revision: 1,
      converged: true,
      services: [],
      rollout: null,
      isolation: { level: 'none', detail: '' },
      troubles: [],
    } as const satisfies Observation;
    const lie = { ...emptyMessage, protocol: 1, sequence: 99, observations: [observation] } as const;
    await expect(thief.observe(lie, signal)).rejects.toMatchObject({ code: 'environment-foreign' });
    expect(control.observations).toEqual([]);
    const asProd = await token({ agent: prod.agent });
    expect((await call(observations, emptyMessage, asProd)).status).toBe(401);
    await thief.close();
  });

  it('refuses a message that is not what the protocol says, or too large', async () => {
    for (const message of [{}, { ...emptyMessage, more: 1 }, { ...emptyMessage, sequence: '1' }]) {
      const signed = await token({ body: digestOf(JSON.stringify(message)) });
      expect(await call(observations, message, signed)).toMatchObject({
        status: 422,
        code: 'message-invalid',
      });
    }
    const large = { ...emptyMessage, boot: 'x'.repeat(5_000_000) };
    expect((await call(observations, large, await token())).status).toBeGreaterThanOrEqual(400);
  });

  it('answers a poll that nothing happened to when its time is over', async () => {
    const clock: Clock = {
      ...systemClock,
      after: (ms, call) => systemClock.after(ms === agentLimits.pollMs ? 20 : ms, call),
    };
    const quick = await createAgentListener({ face: control, clock, log: silentLog });
    const path = join(folder, 'quick.sock');
    await quick.listen(path);
    const options = { socketPath: path, agent: test.agent, audience: project, clock: systemClock };
    const client = createControlClient({ ...options, privateKey: test.signing.privateKey });
    const { signal } = new AbortController();
    const { cursor } = await client.poll({ protocol: protocolVersion, cursor: null, head: 0 }, signal);
    const again = await client.poll({ protocol: protocolVersion, cursor, head: 0 }, signal);
    expect(again).toMatchObject({ cursor, full: false, environments: [] });
    await client.close();
    await quick.close();
  });

  it('says that it is there while it holds a poll, and is taken for gone when it says nothing', async () => {
    const clock = (everyMs: number): Clock => ({
      ...systemClock,
      after: (ms, call) => systemClock.after(ms === agentLimits.pollMs ? 1_500 : ms, call),
      every: (ms, call) => systemClock.every(ms === agentLimits.stillThereMs ? everyMs : ms, call),
    });
    const patienceMs = 700;
    const held = async (everyMs: number) => {
      await using at = await createAgentListener({
        face: control,
        clock: clock(everyMs),
        log: silentLog,
      }).then((one) => ({ ...one, [Symbol.asyncDispose]: () => one.close() }));
      const path = join(folder, `${everyMs}.sock`);
      await at.listen(path);
      const client = createControlClient({
        socketPath: path,
        agent: test.agent,
        audience: project,
        clock: systemClock,
        privateKey: test.signing.privateKey,
        answerWithinMs: () => patienceMs - agentLimits.quietMs,
      });
      const { signal } = new AbortController();
      const { cursor } = await client.poll({ protocol: protocolVersion, cursor: null, head: 0 }, signal);
      try {
        return await client.poll({ protocol: protocolVersion, cursor, head: 0 }, signal);
      } finally {
        await client.close();
      }
    };
    expect(await held(20)).toMatchObject({ environments: [] });
    await expect(held(60_000)).rejects.toMatchObject({ code: 'control-plane-away' });
  });

  it('opens its socket to its owner alone, replaces a stale one and never a live one', async () => {
    expect((await stat(socketPath)).mode & 0o777).toBe(0o600);
    const second = await listenFor(control);
    await expect(second.listen(socketPath)).rejects.toMatchObject({ code: 'socket-taken' });
    await expect(second.listen(join(folder, 'x'.repeat(120)))).rejects.toMatchObject({
      code: 'data-folder-too-deep',
    });
    await second.close();
  });

  it('does no harm to an agent whose clock is an hour wrong', async () => {
    const clock = { ...systemClock, now: () => instant(systemClock.now() - 3_600_000) };
    const client = createControlClient({
      socketPath,
      agent: test.agent,
      audience: project,
      privateKey: test.signing.privateKey,
      clock,
    });
    await client.observe({ ...emptyMessage, protocol: 1, sequence: 500 }, new AbortController().signal);
    await client.close();
  });
});
