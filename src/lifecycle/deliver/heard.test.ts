import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { anEmptyEnvironment } from '../../domain/environment.kit.ts';
import type { Environment } from '../../domain/environment.ts';
import { instant, type ReleaseId, type ServiceName } from '../../domain/ids.ts';
import type { Variant } from '../../domain/rollout/types.ts';
import type { AgentRecord } from '../../engine/records.ts';
import type { Observation } from '../../protocol/messages.ts';
import { aProjectWith } from '../kept.kit.ts';
import { noteHeard, takeObservation } from './heard.ts';
import { observed, web } from './rollout.kit.ts';

const orders = 'orders' as ServiceName;
const stable: Variant = { release: '1.0.0' as ReleaseId, version: '1.0.0', artifact: digestOf('1.0.0') };
const environment: Environment = {
  ...anEmptyEnvironment,
  revision: 7,
  stable: { [web]: stable, [orders]: stable },
};
const { id, project, agent } = environment;
const identity = { project, agent, environments: [id] };

/** So many of so many instances of each are healthy. */
const instances = (counts: Readonly<Record<string, readonly [number, number]>>): Partial<Observation> => ({
  services: Object.entries(counts).map(([service, [healthy, wanted]]) => ({
    service: service as ServiceName,
    port: null,
    variants: [{ ...stable, wanted, healthy, exits: 0, detail: null }],
  })),
});
const well = instances({ web: [2, 2], orders: [1, 1] });

/** An environment whose agent says these things one after the other. */
async function saying(environments: readonly Environment[], ...said: readonly Partial<Observation>[]) {
  const kept = await aProjectWith(environments);
  for (const one of said)
    await kept.store.transaction((tx) =>
      takeObservation(tx, identity, observed(null, one), kept.clock.now()),
    );
  return { ...kept, events: await kept.told(), record: await kept.get('observation', id) };
}

describe('how an environment is', () => {
  it('is kept with all that its agent said', async () => {
    const { record, clock } = await saying([environment], well);
    expect(record).toEqual({
      id,
      project,
      agent,
      at: clock.now(),
      observation: observed(null, well),
      health: 'healthy',
    });
  });

  it.each<[string, Partial<Observation>, string]>([
    ['healthy', well, 'healthy'],
    ['degraded', instances({ web: [1, 2], orders: [1, 1] }), 'degraded'],
    ['down', instances({ web: [0, 2], orders: [0, 1] }), 'down'],
  ])('is told when it is seen first: %s', async (_, said, health) => {
    const { events, clock } = await saying([environment], said);
    expect(events).toMatchObject([
      {
        project,
        kind: 'environment.observed',
        at: clock.now(),
        actor: { kind: 'agent', agent, environment: id },
        environment: id,
        subject: `environment/${id}`,
        payload: { health, before: null, services: [{ service: 'web' }, { service: 'orders' }] },
      },
    ]);
  });

  it('is told once as long as it stays so, and again when it is another', async () => {
    const poor = instances({ web: [1, 2], orders: [1, 1] });
    const { events, record } = await saying([environment], well, well, poor, poor, well);
    expect(events.map(({ payload }) => [payload?.['before'], payload?.['health']])).toEqual([
      [null, 'healthy'],
      ['healthy', 'degraded'],
      ['degraded', 'healthy'],
    ]);
    expect(events.map(({ message }) => message.includes('again'))).toEqual([false, false, true]);
    expect(record?.health).toBe('healthy');
  });

  it.each([
    ['some of whose instances are away', [1, 2] as const],
    ['none of whose instances is there', [0, 2] as const],
    ['that should have none and has none', [0, 0] as const],
  ])('names a service %s, and not the others', async (_, counts) => {
    const { events } = await saying([environment], instances({ web: [2, 2], orders: counts }));
    expect(events[0]?.message).toContain(`orders 1.0.0, ${counts[0]} of ${counts[1]}`);
    expect(events[0]?.message).not.toContain('web');
  });

  it.each<[string, readonly Environment[], Partial<Observation>]>([
    [
      'the agent has not seen the newest word yet',
      [environment],
      { ...instances({ web: [0, 2] }), revision: 6 },
    ],
    ['nothing serves there', [{ ...environment, stable: {} }], well],
    ['nobody knows the environment', [], well],
  ])('is not told while %s', async (_, environments, said) => {
    const { events, record } = await saying(environments, said);
    expect(events).toEqual([]);
    expect(record).toMatchObject({ observation: said });
    expect(record).not.toHaveProperty('health');
    expect(record).not.toHaveProperty('traffic');
  });

  it('is as it was told last while nothing can be said of it', async () => {
    const { record, events } = await saying([environment], well, { ...instances({}), revision: 6 });
    expect(record?.health).toBe('healthy');
    expect(events).toHaveLength(1);
  });

  it('leaves what was counted of its traffic where it is', async () => {
    const { store, clock, put, get, record } = await saying([environment], well);
    if (record === undefined) throw new Error('it was said');
    const traffic = { counted: [], hours: [{ hour: instant(0), requests: 1, errors: 0, observedMs: 5 }] };
    await put('observation', id, { ...record, traffic });
    await store.transaction((tx) => takeObservation(tx, identity, observed(null, well), clock.now()));
    expect((await get('observation', id))?.traffic).toEqual(traffic);
  });
});

describe('an agent that is heard', () => {
  const record: AgentRecord = {
    id: agent,
    project,
    environments: [id],
    keys: [],
    lastHeardAt: null,
    boot: 'first',
  };

  async function heard(before: AgentRecord | null, boot: string) {
    const { put, get, store, clock, told } = await aProjectWith([environment]);
    if (before !== null) await put('agent', agent, before);
    await clock.advance(5_000);
    await store.transaction((tx) => noteHeard(tx, identity, boot, clock.now()));
    return { after: await get('agent', agent), events: await told(), now: clock.now() };
  }

  it.each<[string, AgentRecord, string]>([
    ['has begun anew', record, 'second'],
    ['was silent', { ...record, silentSince: instant(1) }, 'first'],
    ['calls for the first time', { ...record, boot: null }, 'first'],
  ])('is told to be there when it %s (OPS-6)', async (_, before, boot) => {
    const { after, events, now } = await heard(before, boot);
    expect(after).toEqual({ ...record, boot, lastHeardAt: now, silentSince: null });
    expect(events).toMatchObject([{ kind: 'agent.connected', payload: { boot } }]);
  });

  it.each<[string, AgentRecord | null]>([
    ['goes on as before', record],
    ['goes on after it was told to be back', { ...record, silentSince: null }],
    ['is not known', null],
  ])('is not told of when it %s', async (_, before) => {
    const { after, events } = await heard(before, 'first');
    expect(after).toEqual(before ?? undefined);
    expect(events).toEqual([]);
  });

  it('is remembered by its last two boots, and by no others', async () => {
    const { put, store, clock } = await aProjectWith([environment]);
    await put('agent', agent, record);
    const says = (boot: string) =>
      store.transaction(async (tx) => {
        const isNew = await tx.takeSequence(project, agent, boot, 1);
        if (isNew) await noteHeard(tx, identity, boot, clock.now());
        return isNew;
      });
    for (const boot of ['first', 'second', 'third', 'fourth']) expect(await says(boot)).toBe(true);
    expect([await says('fourth'), await says('third')]).toEqual([false, false]);
    expect(await says('second')).toBe(true);
  });
});
