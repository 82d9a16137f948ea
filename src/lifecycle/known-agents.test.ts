import { describe, expect, it } from 'vitest';
import { instant } from '../domain/ids.ts';
import type { EventKind } from '../domain/event.ts';
import type { AgentRecord } from '../engine/records.ts';
import { createVirtualClock, someMoment } from '../engine/virtual-clock.ts';
import { openMemoryStore } from '../store/memory/store.ts';
import { anAgent as agent, anEvent, aProject as project } from '../../test/kit/audit.ts';
import { createKnownAgents } from './known-agents.ts';

const record: AgentRecord = { id: agent, project, environments: [], keys: [], lastHeardAt: null, boot: null };

function knowing() {
  const clock = createVirtualClock(someMoment);
  const store = openMemoryStore({}, () => undefined);
  let reads = 0;
  const agents = createKnownAgents(clock, store);
  return {
    clock,
    agents,
    look: async (found: AgentRecord | undefined = record) =>
      agents.record(agent, async () => {
        reads += 1;
        return found;
      }),
    reads: () => reads,
    append: (kind: EventKind) => store.transaction((tx) => tx.append([anEvent('x', { kind })])),
  };
}

describe('when an agent was heard', () => {
  it('is when it said something last; never, before it did', async () => {
    const { agents, clock } = knowing();
    expect(agents.heardAt(agent)).toBeNull();
    agents.heard(project, agent);
    const at = clock.now();
    await clock.advance(5_000);
    expect(agents.heardAt(agent)).toBe(at);
  });

  it('is now, as long as one of its questions is held, and from then on when the last ended', async () => {
    const { agents, clock } = knowing();
    const [one, other] = [agents.hold(project, agent), agents.hold(project, agent)];
    await clock.advance(5_000);
    expect(agents.heardAt(agent)).toBe(clock.now());
    one[Symbol.dispose]();
    await clock.advance(5_000);
    expect(agents.heardAt(agent)).toBe(clock.now());
    other[Symbol.dispose]();
    const ended = clock.now();
    await clock.advance(5_000);
    expect(agents.heardAt(agent)).toBe(ended);
  });
});

describe('the agents that were heard since somebody asked', () => {
  it('are told of once for all that they said', () => {
    const { agents } = knowing();
    expect(agents.takeHeard()).toEqual([]);
    agents.heard(project, agent);
    agents.heard('another project' as never, 'other' as never);
    agents.heard(project, agent);
    expect(agents.takeHeard()).toEqual([
      { project, agent },
      { project: 'another project', agent: 'other' },
    ]);
    expect(agents.takeHeard()).toEqual([]);
  });

  it('are told of each time while their question is held, and once more when it has ended', () => {
    const { agents } = knowing();
    const held = agents.hold(project, agent);
    agents.heard(project, 'other' as never);
    const [mine, other] = [agent, 'other'].map((one) => ({ project, agent: one }));
    expect(agents.takeHeard()).toEqual([mine, other]);
    expect(agents.takeHeard()).toEqual([mine]);
    held[Symbol.dispose]();
    expect(agents.takeHeard()).toEqual([mine]);
    expect(agents.takeHeard()).toEqual([]);
  });
});

describe('the record of an agent', () => {
  it('is read once, until it is forgotten', async () => {
    const { agents, look, reads } = knowing();
    expect([await look(), await look(), reads()]).toEqual([record, record, 1]);
    agents.forget(agent);
    const changed = { ...record, lastHeardAt: instant(5) };
    expect([await look(changed), reads()]).toEqual([changed, 2]);
  });

  it.each<[EventKind, number]>([
    ['agent.key-replaced', 2],
    ['agent.key-revoked', 2],
    ['desired.changed', 1],
  ])('is read anew when its key may be another: after %s, %i times', async (kind, times) => {
    const { look, reads, append } = knowing();
    await look();
    await append(kind);
    await look();
    expect(reads()).toBe(times);
  });
});
