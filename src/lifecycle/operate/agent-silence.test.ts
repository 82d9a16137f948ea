import { describe, expect, it } from 'vitest';
import type { AgentId, ProjectId } from '../../domain/ids.ts';
import { anEmptyEnvironment } from '../../domain/environment.kit.ts';
import type { AgentRecord } from '../../engine/records.ts';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { openMemory } from '../../store/memory/store.ts';
import { aProject, anAgent } from '../../../test/kit/audit.ts';
import { createKnownAgents } from '../known-agents.ts';
import { noteSilence } from './agent-silence.ts';
import { readableLog, storeWith } from './store-with.kit.ts';

const secondMs = 1_000;

const anEnvironment = { ...anEmptyEnvironment, project: aProject };

/** Two replicas over one store, and one agent that was heard once. */
async function replicas(
  other: Partial<AgentRecord> = {},
  failing: () => Promise<never> | null = () => null,
  writing = { isThere: false },
) {
  const clock = createVirtualClock(someMoment);
  const { store } = openMemory({ clock });
  const project: ProjectId = aProject;
  const agent: AgentId = anAgent;
  const { log, lines } = readableLog();
  await store.transaction(async (tx) => {
    await tx.put(project, 'project', project, { id: project, name: 'access', createdAt: clock.now() }, 0);
    await tx.put(project, 'environment', anEnvironment.id, anEnvironment, 0);
    const record = { id: agent, project, environments: [], keys: [], lastHeardAt: clock.now(), boot: 'a' };
    await tx.put(project, 'agent', agent, { ...record, ...other }, 0);
  });
  const troubled = storeWith(store, {
    projects: () => failing() ?? store.projects(),
    transaction: (work) => (writing.isThere ? Promise.reject(new Error('away')) : store.transaction(work)),
  });
  const replica = () => {
    const agents = createKnownAgents(clock, store);
    const noting = noteSilence({ store: troubled, clock, log, agents });
    return { agents, stop: () => noting.stop() };
  };
  const told = async () => {
    await store.chain(project);
    return (await store.events(project, 0, 100)).map(({ kind }) => kind);
  };
  return { clock, store, project, agent, told, log, lines, replica, one: replica(), other: replica() };
}

describe('an agent whose question is held open', () => {
  it('is heard by every replica, as long as one of them holds it (OPS-6)', async () => {
    const { clock, project, agent, told, one, other } = await replicas();
    const poll = one.agents.hold(project, agent);
    await clock.advance(600 * secondMs);
    expect(await told()).toEqual([]);
    poll[Symbol.dispose]();
    await clock.advance(20 * secondMs);
    expect(await told()).toEqual([]);
    await clock.advance(20 * secondMs);
    expect(await told()).toEqual(['agent.silent']);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('is not called silent when it goes from one replica to another', async () => {
    const { clock, project, agent, told, one, other } = await replicas();
    for (let turn = 0; turn < 20; turn += 1) {
      const poll = (turn % 2 === 0 ? one : other).agents.hold(project, agent);
      await clock.advance(20 * secondMs);
      poll[Symbol.dispose]();
    }
    expect(await told()).toEqual([]);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('is told with where it stands and since when it was not heard, by Rung itself', async () => {
    const { clock, store, project, agent, one, other } = await replicas({ environments: [anEnvironment.id] });
    const began = clock.now();
    await clock.advance(60 * secondMs);
    await store.chain(project);
    const [event] = await store.events(project, 0, 100);
    expect(event).toMatchObject({
      actor: { kind: 'automation' },
      environment: anEnvironment.id,
      subject: `agent/${agent}`,
      payload: { silentAfterMs: 25_000 },
    });
    expect(event?.message).toContain(` of ${anEnvironment.name} `);
    const record = (await store.read((tx) => tx.get(project, 'agent', agent)))?.value;
    expect(record).toMatchObject({ environments: [anEnvironment.id], silentSince: event?.at });
    expect(Math.abs((record?.lastHeardAt ?? 0) - began)).toBeLessThanOrEqual(5 * secondMs);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('keeps its record when it is back, and says with what it came before', async () => {
    const { clock, store, project, agent, told, one, other } = await replicas();
    await clock.advance(60 * secondMs);
    const before = (await store.read((tx) => tx.get(project, 'agent', agent)))?.value;
    using _poll = one.agents.hold(project, agent);
    await clock.advance(10 * secondMs);
    const after = (await store.read((tx) => tx.get(project, 'agent', agent)))?.value;
    expect(after).toEqual({ ...before, silentSince: null, lastHeardAt: after?.lastHeardAt });
    expect(after?.lastHeardAt).toBeGreaterThan(before?.silentSince ?? Number.POSITIVE_INFINITY);
    expect(await told()).toEqual(['agent.silent', 'agent.connected']);
    expect((await store.events(project, 0, 100))[1]?.payload).toMatchObject({ boot: 'a' });
    await Promise.all([one.stop(), other.stop()]);
  });

  it('is known to be silent by a replica that comes later, which tells only that it is back', async () => {
    const { clock, project, agent, told, one, other, replica } = await replicas();
    await clock.advance(60 * secondMs);
    await Promise.all([one.stop(), other.stop()]);
    const late = replica();
    await clock.advance(60 * secondMs);
    expect(await told()).toEqual(['agent.silent']);
    using _poll = late.agents.hold(project, agent);
    await clock.advance(60 * secondMs);
    expect(await told()).toEqual(['agent.silent', 'agent.connected']);
    await late.stop();
  });

  it('is told to be back also where a replica has just begun to listen', async () => {
    const { clock, project, agent, told, one, other, replica } = await replicas();
    await clock.advance(60 * secondMs);
    await Promise.all([one.stop(), other.stop()]);
    const late = replica();
    await clock.advance(10 * secondMs);
    using _poll = late.agents.hold(project, agent);
    await clock.advance(10 * secondMs);
    expect(await told()).toEqual(['agent.silent', 'agent.connected']);
    await late.stop();
  });

  it('is told of also where it stands in no environment', async () => {
    const { clock, store, project, one, other } = await replicas({ environments: [] });
    await clock.advance(60 * secondMs);
    await store.chain(project);
    const [event] = await store.events(project, 0, 100);
    expect(event).toMatchObject({ kind: 'agent.silent', environment: null });
    expect(event?.message).not.toContain('undefined');
    await Promise.all([one.stop(), other.stop()]);
  });

  it('is not called silent before 25 seconds, nor where it was never heard', async () => {
    const { clock, told, one, other } = await replicas({ boot: null });
    await clock.advance(600 * secondMs);
    expect(await told()).toEqual([]);
    await Promise.all([one.stop(), other.stop()]);
    const heard = await replicas();
    await heard.clock.advance(25 * secondMs - 1);
    expect(await heard.told()).toEqual([]);
    await heard.clock.advance(1);
    expect(await heard.told()).toEqual(['agent.silent']);
    await Promise.all([heard.one.stop(), heard.other.stop()]);
  });

  it.each([
    ['an error', new Error('away')],
    ['anything', 'odd'],
  ])('is looked at again after the store failed with %s', async (_, thrown) => {
    const trouble = { next: 2 };
    const { clock, told, one, other, lines } = await replicas({}, () => {
      trouble.next -= 1;
      return trouble.next >= 0 ? Promise.reject(thrown) : null;
    });
    await clock.advance(60 * secondMs);
    expect(lines.map(([level]) => level)).toEqual(['warn', 'warn']);
    expect(await told()).toEqual(['agent.silent']);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('is told to be back once, by whichever replica hears it', async () => {
    const { clock, project, agent, told, one, other } = await replicas();
    await clock.advance(60 * secondMs);
    expect(await told()).toEqual(['agent.silent']);
    using _poll = other.agents.hold(project, agent);
    await clock.advance(60 * secondMs);
    expect(await told()).toEqual(['agent.silent', 'agent.connected']);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('is told to be back by a replica that had not noted yet how silent it was, where the other one dies', async () => {
    const { clock, project, agent, told, one, other, replica } = await replicas();
    await Promise.all([one.stop(), other.stop()]);
    const first = replica();
    await clock.advance(2 * secondMs);
    const second = replica();
    await clock.advance(24 * secondMs);
    expect(await told()).toEqual(['agent.silent']);
    await first.stop();
    using _poll = second.agents.hold(project, agent);
    await clock.advance(20 * secondMs);
    expect(await told()).toEqual(['agent.silent', 'agent.connected']);
    await second.stop();
  });

  it('is told to be back with the next look where that could not be written, though it says no more', async () => {
    const trouble = { isThere: false };
    const { clock, project, agent, told, one, other } = await replicas({}, () => null, trouble);
    await clock.advance(60 * secondMs);
    expect(await told()).toEqual(['agent.silent']);
    trouble.isThere = true;
    one.agents.heard(project, agent);
    await clock.advance(6 * secondMs);
    trouble.isThere = false;
    await clock.advance(5 * secondMs);
    expect(await told()).toEqual(['agent.silent', 'agent.connected']);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('is not told to be back where the database lost its counts, and is told once it is heard again', async () => {
    const { clock, store, log, project, agent, told, one, other } = await replicas();
    await Promise.all([one.stop(), other.stop()]);
    const lost = { times: 0 };
    const losing = storeWith(store, {
      heard: async (agents) =>
        (await store.heard(agents)).map((one) => ({ project, agent, times: one.times - lost.times })),
    });
    const agents = createKnownAgents(clock, store);
    agents.heard(project, agent);
    const noting = noteSilence({ store: losing, clock, log, agents });
    await clock.advance(60 * secondMs);
    expect(await told()).toEqual(['agent.silent']);
    lost.times = 1;
    await clock.advance(10 * secondMs);
    expect(await told()).toEqual(['agent.silent']);
    using _poll = agents.hold(project, agent);
    await clock.advance(10 * secondMs);
    expect(await told()).toEqual(['agent.silent', 'agent.connected']);
    await noting.stop();
  });
});
