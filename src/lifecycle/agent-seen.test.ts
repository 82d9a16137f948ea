import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '../domain/ids.ts';
import type { AgentRecord } from '../engine/records.ts';
import type { ObservedRollout } from '../protocol/messages.ts';
import { agentConnected } from './agent-connected.ts';
import { agentSeen, isSilent, laterOf } from './agent-seen.ts';
import { inCanary, observed, seen } from './deliver/rollout.kit.ts';
import { desiredChanged } from './desired-changed.ts';
import { aProjectWith, environmentNamed } from './kept.kit.ts';

const prod = environmentNamed('prod');
const { id, project, agent } = prod;
const record: AgentRecord = {
  id: agent,
  project,
  environments: [id],
  keys: [],
  lastHeardAt: instant(50),
  boot: 'a',
};
const takenBack = { rule: 'contract', detail: '', at: instant(1) } as const;

async function seenWith(known: AgentRecord | null, told: ObservedRollout | null | undefined, at = 40) {
  const { put, store } = await aProjectWith([prod]);
  if (known !== null) await put('agent', agent, known);
  const observation = observed(told ?? null, { environment: id });
  if (told !== undefined) await put('observation', id, { id, project, agent, at: instant(at), observation });
  return store.read((tx) => agentSeen(tx, inCanary, prod));
}

describe('what an agent has to do with a rollout', () => {
  const mine = seen(inCanary, { generation: 7 });

  it.each<[string, AgentRecord | null, ObservedRollout | null | undefined, object]>([
    [
      'nothing, where it never called',
      null,
      undefined,
      { isSilent: true, heardAt: null, generation: null, tookBack: false },
    ],
    [
      'nothing, where it only called',
      record,
      undefined,
      { isSilent: false, heardAt: 50, generation: null, tookBack: false },
    ],
    ['nothing, where it sees no rollout', record, null, { generation: null, tookBack: false }],
    [
      'nothing, where it sees another',
      record,
      seen(inCanary, { id: 'other' as never, takenBack }),
      { generation: null, tookBack: false },
    ],
    ['the word that it has seen', record, mine, { generation: 7, tookBack: false }],
    ['that it took it back', record, { ...mine, takenBack }, { generation: 7, tookBack: true }],
    [
      'no judge, while it is silent',
      { ...record, silentSince: instant(5) },
      mine,
      { isSilent: true, generation: 7 },
    ],
    ['that it is heard again', { ...record, silentSince: null }, mine, { isSilent: false }],
    [
      'when it said something, where nobody noted when it called',
      { ...record, lastHeardAt: null },
      mine,
      { heardAt: 40 },
    ],
  ])('is %s', async (_, known, told, expected) => {
    expect(await seenWith(known, told)).toMatchObject({ agent, environment: 'prod', ...expected });
  });

  it('is heard when it said something last, one way or another', async () => {
    expect((await seenWith(record, mine, 60)).heardAt).toBe(60);
    expect((await seenWith(record, mine, 40)).heardAt).toBe(50);
  });

  it.each<[Instant | null, Instant | null, Instant | null]>([
    [null, null, null],
    [instant(1), null, instant(1)],
    [null, instant(2), instant(2)],
    [instant(1), instant(2), instant(2)],
    [instant(2), instant(1), instant(2)],
  ])('the later of %j and %j is %j', (one, other, later) => {
    expect(laterOf(one, other)).toBe(later);
  });

  it('is silent only after it was heard once', () => {
    expect([
      isSilent(record),
      isSilent({ ...record, silentSince: null }),
      isSilent({ ...record, silentSince: instant(0) }),
    ]).toEqual([false, false, true]);
  });
});

describe('that an agent is there', () => {
  const told = async (before: AgentRecord, now = 10_000) => {
    const { store } = await aProjectWith([prod]);
    return store.read((tx) => agentConnected(tx, before, 'boot', instant(now)));
  };

  it('is told of its environment, by itself, with how long it was silent (OPS-6)', async () => {
    const event = await told({ ...record, silentSince: instant(4_000) });
    expect(event).toMatchObject({
      project,
      kind: 'agent.connected',
      at: 10_000,
      actor: { kind: 'agent', agent },
      environment: id,
      subject: `agent/${agent}`,
      payload: { boot: 'boot', silentMs: 6_000 },
    });
    expect(event.message).toMatch(/prod is back.*6 s/u);
    expect((await told({ ...record, silentSince: instant(20_000) })).payload).toMatchObject({ silentMs: 0 });
  });

  it.each<[string, AgentRecord, RegExp, string | null]>([
    ['for the first time', { ...record, boot: null }, /prod is there$/u, id],
    ['again, without having been missed', record, /prod is back$/u, id],
    ['though it has no environment', { ...record, environments: [] }, /an environment/u, null],
    [
      'though its environment is gone',
      { ...record, environments: ['gone' as never] },
      /an environment/u,
      'gone',
    ],
  ])('is told %s', async (_, before, message, environment) => {
    const event = await told(before);
    expect(event.message).toMatch(message);
    expect(event).toMatchObject({ environment, payload: { silentMs: null } });
  });
});

it('tells an agent that its environment is asked for something else, with all that it is to serve', () => {
  const stable = { web: { release: 'r', version: '1.0.0', artifact: 'a' } } as never;
  expect(desiredChanged({ ...prod, revision: 8, stable }, inCanary.id, instant(3))).toMatchObject({
    project,
    kind: 'desired.changed',
    at: 3,
    actor: { kind: 'automation', rule: 'desired state' },
    environment: id,
    subject: `environment/${id}`,
    payload: { revision: 8, services: { web: '1.0.0' }, rollout: inCanary.id },
  });
});
