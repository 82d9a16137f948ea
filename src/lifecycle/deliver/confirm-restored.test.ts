import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { anEmptyEnvironment, aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import type { Environment, KeptDeployment } from '../../domain/environment.ts';
import { instant, type ReleaseId, type ServiceName } from '../../domain/ids.ts';
import type { Rollout, Variant } from '../../domain/rollout/types.ts';
import type { HeldService, Observation } from '../../protocol/messages.ts';
import { aProjectWith } from '../kept.kit.ts';
import { confirmRestored } from './confirm-restored.ts';
import { aRollout, inCanary, observed, seen, start, web } from './rollout.kit.ts';
import { abort } from './transitions.ts';

const orders = 'orders' as ServiceName;
const variant = (version: string): Variant => ({
  release: version as ReleaseId,
  version,
  artifact: digestOf(version),
});
const [old, newer] = [variant('1.0.0'), variant('1.1.0')];
const by = { kind: 'automation', rule: 'restore' } as const;
const release = aReleaseOf('1.1.0', { web: 'web 2' });
const promotion = { ...aPromotionOf(release), id: inCanary.promotion };
const deployment = (until: number | null): KeptDeployment => ({
  promotion: promotion.id,
  release: release.id,
  version: '1.0.0',
  services: [web],
  since: instant(0),
  until: until === null ? null : instant(until),
  smoke: 'none',
  isPartial: false,
});

/** 1.0.0 of two services; restored from a backup in which it was asked for revision 7. */
const restored: Environment = {
  ...anEmptyEnvironment,
  revision: 9,
  stable: { [web]: old, [orders]: old },
  deployments: [deployment(5), deployment(null)],
  validation: { release: release.id, by: { kind: 'person', id: 'ada' as never }, at: instant(1), note: '' },
  restoredFrom: 7,
  restoredAt: instant(100),
};
const holding = (...services: readonly (readonly [ServiceName, Variant | null])[]): readonly HeldService[] =>
  services.map(([service, stable]) => ({ service, stable }));
const same = holding([web, old], [orders, old]);

/** After its agent said this. */
async function after(said: Partial<Observation>, environment: Environment | null = restored, live?: Rollout) {
  const kept = await aProjectWith(environment === null ? [] : [environment]);
  if (live !== undefined) {
    await kept.put('rollout', live.id, live);
    await kept.put('promotion', promotion.id, promotion);
    await kept.put('release', release.id, release);
  }
  const { id, agent, project } = restored;
  const identity = { agent, project, environments: [id] };
  await kept.store.transaction((tx) =>
    confirmRestored(tx, identity, observed(null, { revision: 8, ...said }), kept.clock.now()),
  );
  return {
    now: kept.clock.now(),
    environment: await kept.get('environment', id),
    rollout: live === undefined ? undefined : await kept.get('rollout', live.id),
    woken: kept.takeWoken(),
    told: await kept.told(),
  };
}

describe('an agent that was asked for nothing after the backup', () => {
  const { restoredFrom: _from, restoredAt: _at, ...confirmed } = restored;

  it.each<[string, Partial<Observation>]>([
    ['speaks of this restore', { restoredFrom: 7, restoredAt: instant(100) }],
    ['is of a version that does not tell one restore from another', { restoredFrom: 7 }],
    ['holds what it was asked for before', { restoredFrom: 7, revision: 7, holding: holding([web, newer]) }],
  ])('confirms that all is as it was, where it %s', async (_, said) => {
    const { environment, told, woken } = await after(said);
    expect(environment).toEqual(confirmed);
    expect([told, woken]).toEqual([[], []]);
  });

  it.each<[string, Partial<Observation>]>([
    ['speaks of no restore', {}],
    ['speaks of another backup', { restoredFrom: 6, restoredAt: instant(100) }],
    ['speaks of an earlier restore of this one', { restoredFrom: 7, restoredAt: instant(99) }],
  ])('confirms nothing where it %s', async (_, said) => {
    expect((await after(said)).environment).toEqual(restored);
  });

  it('is not asked where nothing was restored', async () => {
    const { environment, told } = await after({ revision: 1000, holding: holding([web, newer]) }, confirmed);
    expect(environment).toEqual(confirmed);
    expect(told).toEqual([]);
    expect((await after({ holding: same }, null)).environment).toBeUndefined();
  });
});

describe('an agent that was asked for something after the backup', () => {
  it('goes on with what it holds, which ends what was deployed and proves nothing to a gate', async () => {
    const { environment, told, woken, now } = await after({ revision: 12, holding: holding([web, newer]) });
    expect(environment).toMatchObject({ stable: { [web]: newer }, revision: 13, validation: null });
    expect(Object.keys(environment?.stable ?? {})).toEqual([web]);
    expect(environment).not.toHaveProperty('restoredFrom');
    expect(environment).not.toHaveProperty('restoredAt');
    expect(environment?.deployments).toEqual([deployment(5), deployment(now)]);
    const { id, agent, project } = restored;
    expect(told).toMatchObject([
      {
        project,
        kind: 'environment.taken-up',
        at: now,
        actor: { kind: 'agent', agent, environment: id },
        environment: id,
        subject: `environment/${id}`,
        payload: { before: restored.stable, after: { [web]: newer }, revision: 13 },
      },
      { kind: 'desired.changed', environment: id, payload: { revision: 13 } },
    ]);
    expect(told[0]?.message).toContain('web 1.1.0');
    expect(woken).toEqual([`environment/${id}`]);
  });

  it('is asked for a later revision than any before', async () => {
    expect((await after({ revision: 8, holding: same })).environment?.revision).toBe(10);
  });

  it('leaves what was deployed and validated alone where it holds the same', async () => {
    const { deployments, validation, stable } = restored;
    expect((await after({ holding: same })).environment).toMatchObject({ deployments, validation, stable });
  });

  it('may hold nothing any more', async () => {
    const { environment, told } = await after({ holding: holding([web, null]) });
    expect(environment?.stable).toEqual({});
    expect(told[0]?.message).toContain('nothing');
  });
});

describe('what was being rolled out when the backup was made', () => {
  const services = [web, orders].map((service) => ({ service, from: old, to: newer }));
  const live: Rollout = { ...inCanary, services };
  const backing = abort(live, by, 'no', start);

  it('has succeeded where its agent serves all of it alone by now', async () => {
    const { rollout, woken, told } = await after(
      { holding: holding([web, newer], [orders, newer]) },
      restored,
      live,
    );
    expect(rollout?.state.phase).toBe('succeeded');
    expect(woken).toContain(`rollout/${live.id}`);
    expect(told.find(({ kind }) => kind === 'promotion.succeeded')?.actor).toEqual(by);
  });

  it.each([
    ['a part of it', holding([web, newer], [orders, old])],
    ['it as another service', holding([web, newer], ['mail' as ServiceName, newer])],
    ['nothing', holding([web, null], [orders, null])],
    ['no service at all', []],
  ])('is taken back where its agent serves %s', async (_, held) => {
    const { rollout, told } = await after({ holding: held }, restored, live);
    expect(rollout?.state).toMatchObject({ phase: 'rolling back', reason: { kind: 'person', by } });
    expect(told.find(({ kind }) => kind === 'rollout.taken-back')?.actor).toEqual(by);
  });

  it.each<[string, Rollout, Parameters<typeof seen>[1] | null, number]>([
    ['the next word, where its agent saw none of it', live, null, live.generation + 1],
    ['the next word, where its agent heard fewer', live, { generation: 0 }, live.generation + 1],
    ['the word after the last that its agent heard', live, { generation: 50 }, 51],
    [
      'the next word, where its agent heard of another',
      live,
      { id: 'other' as never, generation: 50 },
      live.generation + 1,
    ],
    ['the word it had, where its agent heard none of it', backing, null, backing.generation],
    ['the word it had, where its agent heard fewer', backing, { generation: 0 }, backing.generation],
    [
      'a newer word, where its agent heard this one',
      backing,
      { generation: backing.generation },
      backing.generation + 1,
    ],
    ['a newer word than its agent heard', backing, { generation: 50 }, 51],
  ])('is taken back by %s', async (_, rollout, heard, generation) => {
    const told = heard === null ? null : seen(rollout, heard);
    const { rollout: kept } = await after({ holding: same, rollout: told }, restored, rollout);
    expect(kept).toMatchObject({ state: { phase: 'rolling back' }, generation });
  });

  it('is left alone where it had ended', async () => {
    const ended = aRollout({ phase: 'succeeded', at: start });
    const { rollout, woken } = await after({ holding: same }, restored, ended);
    expect(rollout).toEqual(ended);
    expect(woken).toEqual([`environment/${restored.id}`]);
  });
});
