import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { highestSample } from '../../src/domain/rollout/sample.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { agentLimits } from '../../src/protocol/agent-limits.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import {
  agentOf,
  type AgentSocket,
  answerTo,
  observationOf,
  type Sent,
  signed,
  socketOf,
  socketsOf,
} from './agent-calls.ts';
import { openWorld, type World } from './world.ts';
import { statusesIn, wireTo } from './wire.ts';

const logged: unknown[] = [];
const log = {
  info: () => undefined,
  warn: () => undefined,
  error: (facts: object, message: string) => void logged.push([facts, message]),
};
const host = 'host: control';
const observations = '/agent/v1/observations';
const head = (line: string, ...lines: readonly string[]): string =>
  [`${line} HTTP/1.1`, host, ...lines, '', ''].join('\r\n');

const empty = { protocol: protocolVersion, boot: 'b', samples: [], observations: [], countersignature: null };
const aSample = (number: number) => ({
  rollout: 'one',
  generation: 1,
  number,
  at: 0,
  durationMs: 1000,
  trafficPercent: 0,
  services: {},
});
const post = (path: string, body: unknown): Sent => ({
  method: 'POST',
  path,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** Sends it as the agent of dev, signed for exactly this. */
const sayAs = async (world: World, { pool }: AgentSocket, sent: Sent) =>
  answerTo(pool, sent, await signed(world, pool, sent, agentOf(world, 'dev')));

const codeOf = ({ status, text }: { readonly status: number; readonly text: string }) => [
  status,
  (JSON.parse(text) as { code: string }).code,
];

/** The agent of prod is heard, whatever somebody does at the socket of dev. */
async function prodIsWell(world: World, prod: AgentSocket): Promise<void> {
  const sent = post(observations, { ...empty, sequence: Date.now() });
  const proof = await signed(world, prod.pool, sent, agentOf(world, 'prod'));
  expect((await answerTo(prod.pool, sent, proof)).status).toBe(204);
}

async function open(): Promise<{
  readonly world: World;
  readonly dev: AgentSocket;
  readonly prod: AgentSocket;
}> {
  const world = await openWorld();
  const { dev, prod } = await socketsOf(world, log);
  if (dev === undefined || prod === undefined) throw new Error('a socket is missing');
  return { world, dev, prod };
}

describe('what comes to an agent’s socket', () => {
  it.each([
    ['cut off in the headers', 'POST /agent/v1/poll HTTP/1.1\r\nhost'],
    [
      'cut off in the body',
      head(`POST ${observations}`, 'content-type: application/json', 'content-length: 100') + '{"a',
    ],
    [
      'cut off in a chunk',
      head(`POST ${observations}`, 'content-type: application/json', 'transfer-encoding: chunked') +
        '5\r\n{"',
    ],
    ['no HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001'],
  ])('may be %s: nothing is left of it, and others are heard', async (_what, text) => {
    const { world, dev, prod } = await open();
    for (let count = 0; count < 20; count += 1) {
      const wire = wireTo(dev.path);
      await new Promise((resolve) => wire.socket.write(text, resolve));
      wire.socket.destroy();
      await wire.ended;
    }
    await prodIsWell(world, prod);
    expect((await sayAs(world, dev, post(observations, { ...empty, sequence: 1 }))).status).toBe(204);
    expect(logged).toEqual([]);
  });

  it('is read no further than a message may be long, with its length said or without end', async () => {
    const { world, dev, prod } = await open();
    const said = wireTo(dev.path);
    said.write(head(`POST ${observations}`, 'content-type: application/json', `content-length: ${2 ** 40}`));
    expect(statusesIn(await said.until('HTTP/1.1'))).toEqual([422]);
    const endless = wireTo(dev.path);
    endless.write(
      head(`POST ${observations}`, 'content-type: application/json', 'transfer-encoding: chunked'),
    );
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    let sent = 0;
    // Writes for as long as it is read from.
    while (!endless.socket.destroyed && sent < 64 * agentLimits.bodyBytes) {
      sent += chunk.length;
      if (!endless.socket.write(chunk))
        await Promise.race([endless.ended, new Promise((resolve) => endless.socket.once('drain', resolve))]);
      await setImmediate();
    }
    // Who goes on writing may be cut off before the answer is read.
    expect([[], [422]]).toContainEqual(statusesIn(await endless.ended));
    expect(sent).toBeLessThan(8 * agentLimits.bodyBytes);
    await prodIsWell(world, prod);
  });

  it.each([
    ['lies too deep in itself', '['.repeat(100_000)],
    ['has keys that reach for what all objects share', '{"protocol":1,"__proto__":{"admin":true}}'],
    [
      'has such keys far inside',
      JSON.stringify(empty).replace('[]', '[{"a":{"constructor":{"prototype":{}}}}]'),
    ],
    ['is no JSON', 'hello'],
    ['is another thing', '"observations"'],
    ['says a number that is none', '{"protocol":1e999}'],
    ['names what no database can look for', JSON.stringify({ ...empty, sequence: 1, boot: 'b\u0000' })],
    [
      'numbers a sample as no database can',
      JSON.stringify({ ...empty, sequence: 1, samples: [aSample(highestSample + 1)] }),
    ],
  ])('is refused when it %s', async (_what, body) => {
    const { world, dev } = await open();
    expect(codeOf(await sayAs(world, dev, post(observations, body)))).toEqual([422, 'message-invalid']);
    expect(logged).toEqual([]);
  });

  it('is refused by name when it speaks another version', async () => {
    const { world, dev } = await open();
    const sent = post('/agent/v1/poll', { protocol: protocolVersion + 2, cursor: null, head: 0 });
    expect(codeOf(await sayAs(world, dev, sent))).toEqual([409, 'protocol-unspoken']);
  });

  it('is refused when it is about an environment of another agent, and none of it is taken', async () => {
    const { world, dev } = await open();
    const idOf = (name: string) => world.declared.environments.find((one) => one.name === name)?.id ?? '';
    const sent = post(observations, {
      ...empty,
      sequence: 1,
      observations: [observationOf(idOf('dev')), observationOf(idOf('prod'))],
    });
    expect(codeOf(await sayAs(world, dev, sent))).toEqual([403, 'environment-foreign']);
  });

  it('is taken once, however often the very same bytes are sent again', async () => {
    const { world, dev } = await open();
    const sent = post(observations, { ...empty, sequence: 1 });
    const proof = await signed(world, dev.pool, sent, agentOf(world, 'dev'));
    const answers = await Promise.all(Array.from({ length: 10 }, () => answerTo(dev.pool, sent, proof)));
    const counted = Object.entries(Object.groupBy(answers, ({ status }) => String(status)));
    expect(counted.map(([status, of]) => [status, of?.length])).toEqual([
      ['204', 1],
      ['401', 9],
    ]);
  });

  it('is taken for no other call than the one that was signed', async () => {
    const { world, dev } = await open();
    const sent = post(observations, { ...empty, sequence: 1 });
    const proof = await signed(world, dev.pool, sent, agentOf(world, 'dev'));
    const other = post(observations, { ...empty, sequence: 2 });
    expect(codeOf(await answerTo(dev.pool, other, proof))).toEqual([401, 'token-foreign']);
  });

  it('is held to what an agent needs when it floods: prod does not notice', async () => {
    const { world, dev, prod } = await open();
    const statuses = new Map<number, number>();
    for (let count = 0; count < 300; count += 1) {
      const { status } = await answerTo(dev.pool, post(observations, empty), null);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses.get(429) ?? 0).toBeGreaterThan(0);
    await prodIsWell(world, prod);
  });

  it('may hold open so many polls, one behind the other on one connection, and no more', async () => {
    const { world, dev, prod } = await open();
    const poll = post('/agent/v1/poll', { protocol: protocolVersion, cursor: null, head: 0 });
    const first = await sayAs(world, dev, poll);
    const { cursor } = JSON.parse(first.text) as { cursor: string };
    const held = post('/agent/v1/poll', { protocol: protocolVersion, cursor, head: 0 });
    const wire = wireTo(dev.path);
    for (let count = 0; count <= agentLimits.underWay; count += 1) {
      const proof = await signed(world, dev.pool, held, agentOf(world, 'dev'));
      wire.write(
        head(
          `POST ${held.path}`,
          'content-type: application/json',
          `authorization: ${proof}`,
          `content-length: ${held.body.length}`,
        ) + held.body,
      );
    }
    const refused = await answerTo(dev.pool, post(observations, empty), null);
    expect(codeOf(refused)).toEqual([429, 'too-many-calls']);
    await prodIsWell(world, prod);
    wire.socket.destroy();
    const lastMs = systemClock.monotonicMs() + 10_000;
    while ((await answerTo(dev.pool, post(observations, empty), null)).status === 429)
      if (systemClock.monotonicMs() > lastMs) throw new Error('what was cut off still counts');
  });

  it('is cut off beyond as many connections as an agent needs', async () => {
    const { world, dev, prod } = await open();
    const wires = Array.from({ length: agentLimits.connections }, () => wireTo(dev.path));
    for (const wire of wires) {
      wire.write(head('GET /nothing'));
      await wire.until('HTTP/1.1 401');
    }
    expect(await wireTo(dev.path).ended).toBe('');
    await prodIsWell(world, prod);
  });
});

it('an agent’s socket says nothing of what its defects were', async () => {
  const world = await openWorld();
  const broken = {
    ...world,
    agents: { ...world.agents, agent: () => Promise.reject(new Error('secret-of-ours')) },
  };
  const told: unknown[] = [];
  const dev = await socketOf(broken, 'dev', { ...log, error: (facts) => void told.push(facts) });
  const answer = await sayAs(world, dev, post(observations, { ...empty, sequence: 1 }));
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain('secret-of-ours');
  expect(told).toHaveLength(1);
});
