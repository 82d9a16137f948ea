import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import type { Environment } from '../../domain/environment.ts';
import {
  type AgentId,
  type Digest,
  type EnvironmentId,
  instant,
  type ReleaseId,
  type RolloutId,
} from '../../domain/ids.ts';
import { generateSigningKey } from '../../domain/keys.ts';
import { signHead } from '../../domain/audit/chain.ts';
import type { Rollout, Variant } from '../../domain/rollout/types.ts';
import type { AgentKey, AgentRecord } from '../../engine/records.ts';
import { type ObservationRequest, protocolVersion } from '../../protocol/messages.ts';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { createAgentFace } from './agent-side.ts';
import { inCanary, observed, samples, seen, start, web } from './rollout.kit.ts';
import { settle } from './transitions.ts';

const variant = (version: string): Variant => ({
  release: version as ReleaseId,
  version,
  artifact: digestOf(version),
});
const prod: Environment = { ...environmentNamed('prod'), stable: { [web]: variant('0.9.0') } };
const test: Environment = { ...environmentNamed('test'), agent: 'other agent' as AgentId };
const { project, agent } = prod;
const identity = { project, agent, environments: [prod.id] };
const live: Rollout = { ...inCanary, environment: prod.id };
const pair = generateSigningKey();
const key: AgentKey = { signing: pair.publicKey, sealing: '', addedAt: instant(0), revokedAt: null };
const record: AgentRecord = {
  id: agent,
  project,
  environments: [prod.id],
  keys: [key],
  lastHeardAt: null,
  boot: 'boot',
};
const nothing: ObservationRequest = {
  protocol: protocolVersion,
  boot: 'boot',
  sequence: 1,
  samples: [],
  observations: [],
  countersignature: null,
};
const ofProd = observed(null, { environment: prod.id });
const ofTest = observed(null, { environment: test.id });
const reading = (environment: EnvironmentId) => ({
  environment,
  epoch: 'first',
  at: start,
  coveredMs: 0,
  services: {},
});

/** prod, where a canary runs, and test, whose agent is another. */
async function agents() {
  const kept = await aProjectWith([prod, test]);
  await kept.put('agent', agent, record);
  await kept.put('rollout', live.id, live);
  const face = createAgentFace(kept.parts, project);
  const changed: RolloutId[] = [];
  kept.parts.figures.onChanged((_, rollout) => void changed.push(rollout));
  return {
    ...kept,
    face,
    changed,
    says: (other: Partial<ObservationRequest>) => face.observe(identity, { ...nothing, ...other }),
  };
}

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

  it.each<[string, Partial<ObservationRequest>]>([
    ['an observation', { observations: [ofProd, ofTest] }],
    ['a reading of traffic', { traffic: [reading(prod.id), reading(test.id)] }],
    ['samples of a rollout', { samples: samples({ ...live, id: 'rollout in test' as RolloutId }, 1) }],
    [
      'samples of a rollout that nobody knows',
      { samples: samples({ ...live, id: 'nobody’s' as RolloutId }, 1) },
    ],
  ])('is refused %s of an environment that is not its own, with all that came with it', async (_, said) => {
    const { says, get, put } = await agents();
    await put('rollout', 'rollout in test', {
      ...live,
      id: 'rollout in test' as RolloutId,
      environment: test.id,
    });
    await expect(says({ observations: [ofProd], ...said })).rejects.toMatchObject({
      kind: 'denied',
      code: 'environment-foreign',
    });
    expect(await get('observation', prod.id)).toBeUndefined();
  });

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

describe('the signature of an agent under the log', () => {
  async function signing() {
    const world = await agents();
    await world.says({ boot: 'next' });
    const { position, link } = (await world.told()).at(-1) ?? { position: 0, link: digestOf('') };
    const head = { project, position, link };
    const checkpoint = { position, link, at: start, signature: '', countersignatures: [] };
    await world.store.addCheckpoint(project, checkpoint);
    const sign = (privateKey: string, at = head.position) =>
      world.says({
        boot: 'next',
        countersignature: { position: at, signature: signHead(privateKey, { ...head, position: at }) },
      });
    const signers = async () =>
      (await world.store.checkpoints(project)).flatMap(({ countersignatures }) =>
        countersignatures.map((one) => one.agent),
      );
    return { ...world, sign, signers, position };
  }

  it('is kept where it is its own, over the checkpoint that is stored there', async () => {
    const { sign, signers } = await signing();
    await sign(pair.privateKey);
    expect(await signers()).toEqual([agent]);
  });

  it('is kept of a checkpoint that is not the last any more', async () => {
    const { sign, signers, says, told, store } = await signing();
    await says({ boot: 'later', sequence: 2 });
    const { position, link } = (await told()).at(-1) ?? { position: 0, link: digestOf('') };
    await store.addCheckpoint(project, { position, link, at: start, signature: '', countersignatures: [] });
    await sign(pair.privateKey);
    expect(await signers()).toEqual([agent]);
  });

  it('is refused where it is by another key, or by one that was revoked', async () => {
    const { sign, signers, put, parts } = await signing();
    const refused = { kind: 'denied', code: 'countersignature-invalid' };
    await expect(sign(generateSigningKey().privateKey)).rejects.toMatchObject(refused);
    expect(await signers()).toEqual([]);
    await put('agent', agent, { ...record, boot: 'next', keys: [{ ...key, revokedAt: start }] });
    parts.agents.forget(agent);
    await expect(sign(pair.privateKey)).rejects.toMatchObject(refused);
    expect(await signers()).toEqual([]);
  });

  it('is passed over where there is no checkpoint', async () => {
    const { sign, signers, position } = await signing();
    await sign(pair.privateKey, position + 1);
    await sign(pair.privateKey, position - 1);
    expect(await signers()).toEqual([]);
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
      (thrown: { readonly code: string }) => thrown.code,
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
