import { describe, expect, it } from 'vitest';
import { generateSealingKey, generateSigningKey } from '../../src/domain/keys.ts';
import type { Failure } from '../../src/domain/failure.ts';
import type { AgentId } from '../../src/domain/ids.ts';
import { keysInForce } from '../../src/engine/records.ts';
import { untilTurnMs } from '../../src/lifecycle/deliver/poll.ts';
import type { PollResponse } from '../../src/protocol/messages.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { openPlane } from '../kit/plane.ts';

const rungYaml = `
rung: 1
project: held
roles:
  lead: { members: [ada@example.org] }
services:
  web: { run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development }
pipelines:
  main: [{ environment: dev }]
`;

/** What is answered to a poll of the agent of dev that knows all there is so far; or the code it is refused with. */
async function heldPoll(plane: Plane): Promise<readonly (PollResponse | string)[]> {
  const [dev] = plane.declared.environments;
  const known = dev === undefined ? null : await plane.agents.agent(dev.agent);
  if (known === null) throw new Error('there is no agent');
  const [key = ''] = keysInForce(known.keys);
  const ask = (cursor: string | null, head: number) =>
    plane.agents.poll(
      { ...known.identity, key },
      { protocol: protocolVersion, cursor, head },
      new AbortController().signal,
    );
  const { cursor } = await ask(null, 0);
  const { position } = await plane.parts.store.head(plane.project);
  const answers: (PollResponse | string)[] = [];
  void ask(cursor, position).then(
    (answer) => answers.push(answer),
    (thrown: Failure) => answers.push(thrown.code),
  );
  await plane.clock.settle();
  return answers;
}

describe('a poll that is held open', () => {
  it('is refused when the agent’s key is replaced, so that whoever has the old one is told nothing more', async () => {
    const plane = await openPlane(rungYaml);
    const answers = await heldPoll(plane);
    await plane.clock.advance(60_000);
    expect(answers).toEqual([]);
    const key = { signing: generateSigningKey().publicKey, sealing: generateSealingKey().publicKey };
    await plane.control.replaceAgentKey(plane.project, 'dev', key, plane.as('ada@example.org'));
    await plane.clock.advance(1_000);
    expect(answers).toEqual(['key-unknown']);
  });

  it('tells nothing to whoever holds a key that is not in force, however much there is to tell', async () => {
    const plane = await openPlane(rungYaml);
    const [dev] = plane.declared.environments;
    const known = dev === undefined ? null : await plane.agents.agent(dev.agent);
    if (known === null) throw new Error('there is no agent');
    const request = { protocol: protocolVersion, cursor: null, head: 0 };
    await expect(
      plane.agents.poll({ ...known.identity, key: 'another' }, request, AbortSignal.abort()),
    ).rejects.toMatchObject({ kind: 'denied', code: 'key-unknown' });
  });

  it('goes on when another key of the agent is revoked', async () => {
    const plane = await openPlane(rungYaml);
    const [dev] = plane.declared.environments;
    if (dev === undefined) throw new Error('there is no environment');
    const other = generateSigningKey().publicKey;
    await plane.parts.store.transaction(async (tx) => {
      const stored = await tx.get(plane.project, 'agent', dev.agent);
      if (stored === undefined) throw new Error('there is no agent');
      const added = { signing: other, sealing: other, addedAt: plane.clock.now(), revokedAt: null };
      const keys = [...stored.value.keys, added];
      await tx.put(plane.project, 'agent', dev.agent, { ...stored.value, keys }, stored.version);
    });
    const answers = await heldPoll(plane);
    await plane.control.revokeAgentKey(plane.project, 'dev', other, plane.as('ada@example.org'));
    await plane.clock.advance(1_000);
    expect(answers).toEqual([]);
  });

  it('ends with a checkpoint as soon as the control plane has signed one', async () => {
    const plane = await openPlane(rungYaml);
    const answers = await heldPoll(plane);
    const { position, link } = await plane.parts.store.head(plane.project);
    await plane.parts.store.addCheckpoint(plane.project, {
      position: position + 1,
      link,
      at: plane.clock.now(),
      signature: 'signed',
      countersignatures: [],
    });
    await plane.clock.advance(100);
    expect(answers).toMatchObject([{ audit: { checkpoint: { signature: 'signed' } } }]);
  });
});

describe('turns of agents', () => {
  const agents = Array.from(
    { length: 1_000 },
    (_, index) => `0197a1b2-0000-7000-8000-${index.toString(16).padStart(12, '0')}` as AgentId,
  );

  it('are there at once while agents are few', () => {
    for (const agent of agents.slice(0, 50)) expect(untilTurnMs(agent, 50, 123_456)).toBe(0);
  });

  it('come to each of many once in as many seconds as there are groups, to a group at a time', () => {
    const inSecond = (second: number) =>
      agents.filter((agent) => untilTurnMs(agent, 1_000, second * 1_000) === 0);
    const seconds = Array.from({ length: 20 }, (_, second) => inSecond(second));
    expect(new Set(seconds.flat()).size).toBe(1_000);
    expect(Math.max(...seconds.map((group) => group.length))).toBeLessThan(100);
    expect(inSecond(20)).toEqual(seconds[0]);
  });

  it('begin when they were said to', () => {
    for (const agent of agents) {
      const waitMs = untilTurnMs(agent, 1_000, 5_300);
      expect(untilTurnMs(agent, 1_000, 5_300 + waitMs)).toBe(0);
    }
  });
});
