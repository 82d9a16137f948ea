import { describe, expect, it } from 'vitest';
import type { AgentId, ProjectId } from '../../domain/ids.ts';
import { silentLog } from '../../domain/log.ts';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { openMemory } from '../../store/memory/store.ts';
import { aProject, anAgent } from '../../../test/kit/audit.ts';
import { createKnownAgents } from '../known-agents.ts';
import { noteSilence } from './agent-silence.ts';

const secondMs = 1_000;

/** Two replicas over one store, and one agent that was heard once. */
async function replicas() {
  const clock = createVirtualClock(someMoment);
  const { store } = openMemory({ clock });
  const project: ProjectId = aProject;
  const agent: AgentId = anAgent;
  await store.transaction(async (tx) => {
    await tx.put(project, 'project', project, { id: project, name: 'access', createdAt: clock.now() }, 0);
    const record = { id: agent, project, environments: [], keys: [], lastHeardAt: clock.now(), boot: 'a' };
    await tx.put(project, 'agent', agent, record, 0);
  });
  const replica = () => {
    const agents = createKnownAgents(clock, store);
    const noting = noteSilence({ store, clock, log: silentLog, agents });
    return { agents, stop: () => noting.stop() };
  };
  const told = async () => {
    await store.chain(project);
    return (await store.events(project, 0, 100)).map(({ kind }) => kind);
  };
  return { clock, project, agent, told, one: replica(), other: replica() };
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

  it('is told to be back once, by whichever replica hears it', async () => {
    const { clock, project, agent, told, one, other } = await replicas();
    await clock.advance(60 * secondMs);
    expect(await told()).toEqual(['agent.silent']);
    using _poll = other.agents.hold(project, agent);
    await clock.advance(60 * secondMs);
    expect(await told()).toEqual(['agent.silent', 'agent.connected']);
    await Promise.all([one.stop(), other.stop()]);
  });
});
