import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { type AgentId, type Digest, type EnvironmentId, type RolloutId } from '../../domain/ids.ts';
import { type ObservationRequest } from '../../protocol/messages.ts';
import { createAgentFace } from './agent-side.ts';
import { samples, seen, start, web } from './rollout.kit.ts';
import { settle } from './transitions.ts';

import {
  variant,
  prod,
  test,
  identity,
  live,
  key,
  record,
  ofProd,
  ofTest,
  reading,
  agents,
  project,
  agent,
} from './agents.kit.ts';

describe('an agent', () => {
  it('is known by its keys and its environments, and by nothing else', async () => {
    const { face } = await agents();
    expect(await face.agent(agent)).toEqual({ identity, keys: [key] });
    expect(await face.agent('nobody' as AgentId)).toBeNull();
  });

  it('is found also where very many ask at once', async () => {
    const { face, put } = await agents();
    const ids = Array.from({ length: 25 }, (_, index) => `agent ${index}` as AgentId);
    for (const id of ids) await put('agent', id, { ...record, id });
    const found = await Promise.all([...ids, 'nobody' as AgentId].map((id) => face.agent(id)));
    expect(found.map((one) => one?.identity.agent ?? null)).toEqual([...ids, null]);
  });

  it('is heard whenever it says something', async () => {
    const { says, parts } = await agents();
    expect(parts.agents.heardAt(agent)).toBeNull();
    await says({});
    expect(parts.agents.heardAt(agent)).not.toBeNull();
  });

  it.each<[string, Partial<ObservationRequest>, RegExp]>([
    ['an observation', { observations: [ofProd, ofTest] }, /observation/u],
    ['a reading of traffic', { traffic: [reading(prod.id), reading(test.id)] }, /observation/u],
    [
      'samples of a rollout',
      { samples: samples({ ...live, id: 'rollout in test' as RolloutId }, 1) },
      /sample/u,
    ],
    [
      'samples of a rollout that nobody knows',
      { samples: samples({ ...live, id: 'nobody’s' as RolloutId }, 1) },
      /sample/u,
    ],
  ])(
    'is refused %s of an environment that is not its own, with all that came with it',
    async (_, said, what) => {
      const { says, get, put } = await agents();
      await put('rollout', 'rollout in test', {
        ...live,
        id: 'rollout in test' as RolloutId,
        environment: test.id,
      });
      const saying = says({ observations: [ofProd], ...said });
      await expect(saying).rejects.toMatchObject({ kind: 'denied', code: 'environment-foreign' });
      await expect(saying).rejects.toThrow(what);
      expect(await get('observation', prod.id)).toBeUndefined();
    },
  );

  it('is taken at its word once, in order', async () => {
    const { says, get } = await agents();
    const saying = (sequence: number, revision: number) =>
      says({ sequence, observations: [{ ...ofProd, revision }] });
    await saying(2, 20);
    await saying(2, 21);
    await saying(1, 10);
    expect((await get('observation', prod.id))?.observation.revision).toBe(20);
    await says({ boot: 'next', sequence: 1, observations: [{ ...ofProd, revision: 30 }] });
    expect((await get('observation', prod.id))?.observation.revision).toBe(30);
  });

  it('is told to be there under its new boot, which is known at once (OPS-6)', async () => {
    const { says, told, get, face, put } = await agents();
    await face.agent(agent);
    await says({ boot: 'next' });
    expect((await told()).map(({ kind }) => kind)).toEqual(['agent.connected']);
    expect((await get('agent', agent))?.boot).toBe('next');
    const later = (await get('agent', agent)) ?? record;
    await put('agent', agent, { ...later, keys: [] });
    await says({ boot: 'another' });
    expect((await face.agent(agent))?.keys).toEqual([]);
  });

  it('is not looked up again while it goes on as before', async () => {
    const { says, face, put } = await agents();
    await face.agent(agent);
    await put('agent', agent, { ...record, keys: [] });
    await says({});
    expect((await face.agent(agent))?.keys).toEqual([key]);
  });

  it('is told to be back when it was silent, though it has nothing to say', async () => {
    const { says, told, put } = await agents();
    await put('agent', agent, { ...record, silentSince: start });
    await says({});
    expect((await told()).map(({ kind }) => kind)).toEqual(['agent.connected']);
  });

  it('writes nothing when it says nothing', async () => {
    const { says, store, told } = await agents();
    const taken = async () => store.transaction((tx) => tx.takeSequence(project, agent, 'boot', 7));
    await says({ sequence: 9 });
    expect(await taken()).toBe(true);
    expect(await told()).toEqual([]);
  });
});

describe('what an agent says', () => {
  it('wakes the rollouts that it is about, and those alone', async () => {
    const { says, takeWoken, put } = await agents();
    await says({ observations: [ofProd] });
    expect(takeWoken()).toEqual([`rollout/${live.id}`]);
    await says({ sequence: 2, samples: samples(live, 3) });
    expect(takeWoken()).toEqual([`rollout/${live.id}`]);
    await put('rollout', live.id, settle(live, start));
    await says({ sequence: 3, observations: [ofProd] });
    expect(takeWoken()).toEqual([]);
  });

  it('is kept of samples and traffic too', async () => {
    const { says, store, get } = await agents();
    await says({ observations: [ofProd], samples: samples(live, 3), traffic: [reading(prod.id)] });
    const kept = await store.read((tx) => tx.samplesAfter(project, live.id, 0, 10));
    expect(kept.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect((await get('observation', prod.id))?.traffic).toBeDefined();
  });

  it('is taken of as many readings of traffic as of other things', async () => {
    const { says, get } = await agents();
    await says({ observations: [ofProd], traffic: [reading(prod.id)] });
    expect((await get('observation', prod.id))?.traffic).toBeDefined();
  });

  it('is taken of samples that come alone, and of traffic that comes alone', async () => {
    const { says, store, get } = await agents();
    await says({ samples: samples(live, 1) });
    expect(await store.read((tx) => tx.samplesAfter(project, live.id, 0, 10))).toHaveLength(1);
    await says({ sequence: 2, observations: [ofProd] });
    await says({ sequence: 3, traffic: [reading(prod.id)] });
    expect((await get('observation', prod.id))?.traffic).toBeDefined();
  });

  it('is news to whoever looks at its rollout, with a sample and without', async () => {
    const { says, changed } = await agents();
    await says({ observations: [ofProd] });
    expect(changed).toEqual([]);
    await says({ sequence: 2, samples: samples(live, 3) });
    await says({ sequence: 3, observations: [{ ...ofProd, rollout: seen(live) }] });
    expect(changed).toEqual([live.id, live.id]);
  });

  it('confirms that a restore was heard of', async () => {
    const { says, get, put } = await agents();
    await put('environment', prod.id, { ...prod, restoredFrom: 3 });
    await says({ observations: [{ ...ofProd, restoredFrom: 3 }] });
    expect(await get('environment', prod.id)).not.toHaveProperty('restoredFrom');
  });
});

describe('an artifact', () => {
  const given = async (environments: readonly EnvironmentId[], digest: Digest, rollout = live) => {
    const { parts, put } = await agents();
    await put('rollout', live.id, rollout);
    const objects = { ...parts.objects, get: () => (async function* none() {})() };
    const face = createAgentFace({ ...parts, objects }, project);
    return face.artifact({ ...identity, environments }, digest).then(
      () => 'given',
      ({ code, message }: { readonly code: string; readonly message: string }) =>
        message.includes('artifact') && code,
    );
  };

  it.each(['0.9.0', '1.0.0', '1.1.0'])(
    'is given to the agent where it serves, or is to serve: %s',
    async (version) => {
      expect(await given([prod.id], digestOf(version))).toBe('given');
      expect(await given([test.id, prod.id], digestOf(version))).toBe('given');
    },
  );

  it.each<[string, readonly EnvironmentId[], string]>([
    ['no release meant for it names', [prod.id], '2.0.0'],
    ['serves in another environment', [test.id], '0.9.0'],
    ['serves in an environment that is not there', ['gone' as EnvironmentId], '0.9.0'],
    ['serves anywhere, with none of its own', [], '0.9.0'],
  ])('is refused to an agent that %s', async (_, environments, version) => {
    expect(await given(environments, digestOf(version))).toBe('environment-foreign');
  });

  it('is refused once its rollout is over, and given of a first release that has nothing before it', async () => {
    expect(await given([prod.id], digestOf('1.1.0'), settle(live, start))).toBe('environment-foreign');
    const services = [{ service: web, from: null, to: variant('1.1.0') }];
    expect(await given([prod.id], digestOf('1.1.0'), { ...live, services })).toBe('given');
    expect(await given([prod.id], digestOf('1.0.0'), { ...live, services })).toBe('environment-foreign');
  });
});
