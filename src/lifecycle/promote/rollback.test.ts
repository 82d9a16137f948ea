import { describe, expect, it } from 'vitest';
import { aReleaseOf } from '../../domain/environment.kit.ts';
import { type ActorId, later, type PromotionId, type RolloutId, type ServiceName } from '../../domain/ids.ts';
import { movesOf, variantsOf } from '../../domain/plan.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { aRollout, policy } from '../deliver/rollout.kit.ts';
import { current, cy, environmentOf, file, next, now, running } from './facts.kit.ts';
import { asking, asPerson, asProgram, commanding, recordsOf, type There } from './kept.kit.ts';

const prod = running('prod', [current, 60], [next, 1]);
const services = Object.fromEntries(
  ['web', 'orders', 'extra'].map((name) => [name, { path: name } as never]),
);
const facts = {
  ...asking(),
  file: { ...file, services, pipelines: asking().file.pipelines },
  target: prod,
  promotion: null,
};
const { project } = prod;
const on = (target = prod, ...more: readonly There[]) =>
  commanding(...recordsOf({ ...facts, target }), ...more);
type On = Awaited<ReturnType<typeof on>>;
const back = (plane: On, more: object = {}, caller = asPerson(cy)) =>
  plane.control.requestRollback(project, { environment: 'prod', reason: 'it burns', ...more }, caller);

describe('going back (REL-10)', () => {
  it('goes to what ran before, of all services, and starts as soon as it is looked at', async () => {
    const plane = await on();
    const view = await back(plane);
    expect(view).toMatchObject({ kind: 'rollback', release: { version: '1.0.0' }, reason: 'it burns' });
    expect(await plane.get('promotion', 'fresh 1')).toMatchObject({
      kind: 'rollback',
      release: current.id,
      services: ['web', 'orders'],
      requestedBy: { kind: 'person', id: cy },
    });
    expect(plane.woken()).toEqual(['promotion/fresh 1']);
    const named = await on();
    await back(named, { to: 'previous' });
    expect(await named.get('promotion', 'fresh 1')).toMatchObject({ release: current.id });
  });

  it('goes to a version that is named, or with services that are', async () => {
    const plane = await on();
    expect(await back(plane, { to: '1.0.0', services: ['web'] })).toMatchObject({
      release: { version: '1.0.0' },
    });
    expect((await plane.get('promotion', 'fresh 1')).services).toEqual(['web']);
    const all = await on();
    await back(all, { services: [] });
    expect((await all.get('promotion', 'fresh 1')).services).toEqual(['web', 'orders']);
  });

  it.each<[string, object, object]>([
    ['a release that is not there', { to: '9.9.9' }, { code: 'release-unknown' }],
    ['an environment that is not there', { environment: 'lab' }, { code: 'environment-unknown' }],
    [
      'services that the project does not have',
      { services: ['web', 'nope', 'never'] },
      {
        kind: 'absent',
        code: 'service-unknown',
        message: expect.stringContaining('nope, never') as string,
        wayOut: expect.stringContaining('web, orders, extra') as string,
      },
    ],
    [
      'a service that the release does not bring',
      { to: '1.0.0', services: ['web', 'extra'] },
      {
        kind: 'conflict',
        code: 'service-not-in-release',
        message: expect.stringMatching(/no extra\.$/u) as string,
      },
    ],
  ])('is refused to %s', async (_, more, refused) => {
    await expect(back(await on(), more)).rejects.toMatchObject(refused);
  });

  it('needs something to go back to, and a person who asks', async () => {
    const first = await on(running('prod', [current, 1]));
    await expect(back(first)).rejects.toMatchObject({ kind: 'conflict', code: 'rollback-target-missing' });
    await expect(back(await on(environmentOf('prod')))).rejects.toMatchObject({
      code: 'rollback-target-missing',
    });
    await expect(back(await on(), {}, asProgram)).rejects.toMatchObject({ code: 'person-needed' });
  });

  it('changes nothing where it is only tried', async () => {
    const plane = await on();
    expect(await back(plane, { dryRun: true })).toMatchObject({ release: { version: '1.0.0' } });
    expect([await plane.told(), plane.woken()]).toEqual([[], []]);
  });
});

describe('going back while a rollout is live (REL-10)', () => {
  const third = aReleaseOf('1.2.0', { web: 'web 3', orders: 'orders 3' });
  const promotion: Promotion = {
    ...(asking().promotion as Promotion),
    id: 'live promotion' as PromotionId,
    release: third.id,
    version: third.version,
    state: { phase: 'running', rollout: 'live' as RolloutId, since: now },
  };
  const moves = movesOf(prod, variantsOf(third));
  const live = (more: Partial<Rollout> = {}): Rollout =>
    aRollout(
      { phase: 'canary', step: 0, since: now },
      {
        id: 'live' as RolloutId,
        project,
        environment: prod.id,
        promotion: promotion.id,
        services: moves,
        policy,
        ...more,
      },
    );
  const during = (more: Partial<Rollout> = {}, ...others: readonly There[]) =>
    on(prod, ['release', third], ['promotion', promotion], ['rollout', live(more)], ...others);
  const phase = async (plane: On) => (await plane.get('rollout', 'live')).state.phase;
  const tookBack = async (plane: On, more: object = {}): Promise<boolean> => {
    await back(plane, more).catch((thrown: unknown) => {
      expect(thrown).toMatchObject({ kind: expect.not.stringMatching('defect') as string });
    });
    return (await phase(plane)) === 'rolling back';
  };

  it('takes that one back, with the reason, and answers with its promotion', async () => {
    const plane = await during();
    expect(await back(plane)).toMatchObject({ id: promotion.id });
    expect((await plane.get('rollout', 'live')).state).toMatchObject({
      phase: 'rolling back',
      reason: { kind: 'person', by: { id: cy }, note: 'it burns' },
    });
    const tried = await during();
    expect(await back(tried, { dryRun: true })).toMatchObject({ id: promotion.id });
    expect(await phase(tried)).toBe('canary');
  });

  it.each<[string, boolean, object]>([
    ['what ran before', true, { to: 'previous' }],
    ['what it came from, by name', true, { to: '1.1.0' }],
    ['another version', false, { to: '1.0.0' }],
    ['all of its services', true, { services: ['orders', 'web'] }],
    ['some of them', false, { services: ['web'] }],
    ['none of them', false, { services: ['extra'] }],
  ])('is that where %s is meant: %s', async (_, taken, more) => {
    expect(await tookBack(await during(), more)).toBe(taken);
  });

  it('is that of what the rollout moves, where that is less than all', async () => {
    const [first] = moves;
    if (first === undefined) throw new Error('something moves');
    const one = { services: [first] };
    expect(await tookBack(await during(one), { services: [first.service] })).toBe(true);
    expect(await tookBack(await during(one), { to: '1.1.0' })).toBe(true);
    const from = first.from === null ? null : { ...first.from, release: current.id };
    const mixed = [{ ...first, from }, ...moves.slice(1)];
    expect(await tookBack(await during({ services: mixed }), { to: '1.1.0' })).toBe(false);
    const fresh = [{ service: 'extra' as ServiceName, from: null, to: first.to }];
    expect(await tookBack(await during({ services: fresh }), { to: '1.1.0' })).toBe(false);
  });

  it('is not that where it went in all at once', async () => {
    expect(await tookBack(await during({ policy: null, reasonAllAtOnce: 'first' }))).toBe(false);
  });

  it('is refused where it is being taken back already, and not one further back, unless that is named', async () => {
    const reason = { kind: 'start', detail: 'x' } as const;
    const state = { phase: 'rolling back', reason, since: later(now, 0) } as const;
    const [first, ...others] = moves;
    const plane = await during({ state, services: first === undefined ? [] : [first] });
    for (const more of [{}, { to: 'previous' }, { services: [first?.service] }])
      await expect(back(plane, more)).rejects.toMatchObject({
        kind: 'conflict',
        code: 'rollback-under-way',
        message: '1.2.0 is being taken back from prod already.',
      });
    expect(plane.woken()).toEqual([]);
    await back(plane, { to: '1.0.0' });
    expect((await plane.get('rollout', 'live')).state).toEqual(state);
    expect(await plane.get('promotion', 'fresh 1')).toMatchObject({ kind: 'rollback', release: current.id });
    const other = await during({ state, services: first === undefined ? [] : [first] });
    await back(other, { services: others.map(({ service }) => service) });
    expect(await other.get('promotion', 'fresh 1')).toMatchObject({ kind: 'rollback' });
  });

  it('is refused where nothing is kept of what that one brings', async () => {
    const [release, kept] = [['release', third] as const, ['rollout', live()] as const];
    for (const there of [[kept], [kept, release], [kept, ['promotion', promotion] as const]]) {
      const plane = await on(prod, ...there);
      await expect(back(plane, { dryRun: true })).rejects.toMatchObject({
        kind: 'absent',
        code: 'promotion-unknown',
      });
    }
  });

  it('is for members alone', async () => {
    const plane = await during();
    const eve = asPerson('eve@example.org' as ActorId);
    await expect(back(plane, {}, eve)).rejects.toMatchObject({ kind: 'denied', code: 'role-unknown' });
    expect(await phase(plane)).toBe('canary');
  });
});
