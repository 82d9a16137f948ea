import { describe, expect, it } from 'vitest';
import { openPlane } from '../../../test/kit/plane.ts';
import type { AgentId } from '../../domain/ids.ts';
import { generateSealingKey, generateSigningKey } from '../../domain/keys.ts';
import type { AgentRecord } from '../../engine/records.ts';
import { ada, aProjectWith, environmentNamed } from '../kept.kit.ts';
import { createKnownAgents } from '../known-agents.ts';
import { createAgentKeys } from './agent-keys.ts';
import { storeWith } from './store-with.kit.ts';

const [lead, stranger] = ['ada@example.org', 'eve@example.org'];
const yaml = `
rung: 1
project: access
roles:
  lead: { members: [${lead}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
environments:
  prod: { tier: production }
pipelines:
  main:
    - environment: prod
      approvals: { count: 1, from: [lead] }
`;

const anEnvironment = environmentNamed('prod');
const newKey = () => ({ signing: generateSigningKey().publicKey, sealing: generateSealingKey().publicKey });

async function withAgent() {
  const plane = await openPlane(yaml);
  const { control, project, parts, clock } = plane;
  const [environment] = plane.declared.environments;
  if (environment === undefined) throw new Error('no environment');
  const stored = async () => {
    const found = await parts.store.read((tx) => tx.get(project, 'agent', environment.agent));
    if (found === undefined) throw new Error('no agent');
    return found.value;
  };
  const replace = async (key = newKey(), person = lead) =>
    control.replaceAgentKey(project, 'prod', key, plane.as(person));
  const revoke = async (signing: string, person = lead) =>
    control.revokeAgentKey(project, 'prod', signing, plane.as(person));
  const told = async () => {
    const { items } = await control.log(project, { limit: 50, all: true });
    return items.filter(({ kind }) => kind.startsWith('agent.key')).toReversed();
  };
  return { plane, clock, environment, stored, replace, revoke, told };
}

const keysOf = ({ keys }: AgentRecord) => keys.map(({ signing, revokedAt }) => [signing, revokedAt]);

describe('a key of an agent that is lost', () => {
  it('is replaced: the new one is taken, and every one before is refused from then on', async () => {
    const { clock, stored, replace, told, environment } = await withAgent();
    const before = await stored();
    const [first] = before.keys;
    const key = newKey();
    const at = clock.now();
    await replace(key);
    expect(await stored()).toEqual({
      ...before,
      keys: [
        { ...first, revokedAt: at },
        { ...key, addedAt: at, revokedAt: null },
      ],
    });
    await clock.advance(1_000);
    await replace();
    expect(keysOf(await stored()).map(([, revokedAt]) => revokedAt)).toEqual([at, at + 1_000, null]);
    expect((await told()).map(({ kind, subject, payload }) => [kind, subject, payload])).toEqual([
      ['agent.key-replaced', `agent/${environment.agent}`, { keys: 2 }],
      ['agent.key-replaced', `agent/${environment.agent}`, { keys: 3 }],
    ]);
  });

  it('is revoked, once, and the others stay', async () => {
    const { plane, clock, stored, replace, revoke, told, environment } = await withAgent();
    const key = newKey();
    await replace(key);
    const at = clock.now();
    const extra = { ...newKey(), addedAt: at, revokedAt: null };
    await plane.parts.store.transaction(async (tx) => {
      const found = await tx.get(plane.project, 'agent', environment.agent);
      if (found === undefined) throw new Error('no agent');
      const { value, version } = found;
      await tx.put(plane.project, 'agent', value.id, { ...value, keys: [...value.keys, extra] }, version);
    });
    const before = (await stored()).keys;
    await clock.advance(1_000);
    await revoke(key.signing);
    expect((await stored()).keys).toEqual(
      before.map((one) =>
        one.signing === key.signing ? Object.assign({}, one, { revokedAt: at + 1_000 }) : one,
      ),
    );
    await expect(revoke(key.signing)).rejects.toMatchObject({ kind: 'absent', code: 'agent-key-unknown' });
    expect((await told()).map(({ kind }) => kind)).toEqual(['agent.key-replaced', 'agent.key-revoked']);
  });

  it('is known to be so at once, to whoever asks for the agent', async () => {
    const { plane, stored, replace, environment } = await withAgent();
    const { agents } = plane.parts;
    const known = () => agents.record(environment.agent, stored);
    expect((await known())?.keys).toHaveLength(1);
    const key = newKey();
    await replace(key);
    expect((await known())?.keys.at(-1)?.signing).toBe(key.signing);
  });

  it('is known to be so here at once, also where the news of it come late', async () => {
    const agent = { id: anEnvironment.agent, project: anEnvironment.project, environments: [], boot: null };
    const on = await aProjectWith([anEnvironment]);
    await on.put('agent', agent.id, { ...agent, keys: [], lastHeardAt: null });
    const deaf = storeWith(on.store, { onAppended: () => ({ [Symbol.dispose]: () => {} }) });
    const agents = createKnownAgents(on.clock, deaf);
    const known = () => agents.record(agent.id, () => on.get('agent', agent.id));
    expect((await known())?.keys).toEqual([]);
    const key = newKey();
    await createAgentKeys({ ...on.parts, agents }).replaceAgentKey(on.project, 'prod', key, ada);
    expect((await known())?.keys).toMatchObject([key]);
  });

  it('is nothing that anybody without a role can do about, nor with a key that is none', async () => {
    const { stored, replace, revoke } = await withAgent();
    const before = await stored();
    await expect(replace(newKey(), stranger)).rejects.toMatchObject({ code: 'role-unknown' });
    await expect(revoke(before.keys[0]?.signing ?? '', stranger)).rejects.toMatchObject({
      code: 'role-unknown',
    });
    await expect(replace({ signing: 'short', sealing: 'short' })).rejects.toMatchObject({
      code: 'key-malformed',
    });
    expect(await stored()).toEqual(before);
  });

  it('cannot be told of an environment whose agent is not known', async () => {
    const { plane, replace, environment } = await withAgent();
    await plane.parts.store.transaction(async (tx) => {
      const found = await tx.get(plane.project, 'environment', environment.id);
      if (found === undefined) throw new Error('no environment');
      const other = { ...found.value, agent: 'another' as AgentId };
      await tx.put(plane.project, 'environment', environment.id, other, found.version);
    });
    await expect(replace()).rejects.toMatchObject({ kind: 'absent', code: 'agent-unknown' });
  });
});
