import { describe, expect, it } from 'vitest';
import type { AlarmRecord } from '../../domain/alarms/types.ts';
import type { Environment } from '../../domain/environment.ts';
import type { EvidenceId } from '../../domain/evidence/evidence.ts';
import type { WaiverId } from '../../domain/gate.ts';
import { instant, later, type PromotionId, type ServiceName } from '../../domain/ids.ts';
import { planOf } from '../../domain/plan.ts';
import type { Promotion, PromotionState } from '../../domain/promotion.ts';
import { settled } from '../../domain/settle.ts';
import { aRollout } from '../deliver/rollout.kit.ts';
import { aChange } from './changes/change.kit.ts';
import { ada, current, environmentOf, next, now, running } from './facts.kit.ts';
import { keeping, recordsOf, type There } from './kept.kit.ts';
import { type Asked, factsOf } from './load.ts';
import { dev, gated, loaded, person, plain, project, promotion, rollout, target, test } from './load.kit.ts';

describe('what admission is answered from', () => {
  it('is all that is kept about the release, the target and the rungs before it', async () => {
    const evidence = (id: string, tree: string, at = now) =>
      ({
        id: id as EvidenceId,
        project,
        kind: 'count',
        name: 'count',
        tree,
        environment: null,
        facts: { kind: 'count', count: 0, tracker: null, link: null },
        file: null,
        by: person,
        at,
      }) as const;
    const waiver = {
      id: 'w' as WaiverId,
      project,
      gate: 'smoke',
      tree: next.manifest.tree,
      environment: target.id,
      by: ada,
      roles: [],
      reason: '',
      at: now,
    };
    const facts = await loaded([
      ['evidence', evidence('new', next.manifest.tree)],
      ['evidence', evidence('old', next.manifest.tree, instant(now - 1))],
      ['evidence', evidence('other', current.manifest.tree)],
      ['waiver', waiver],
      ['change', { ...aChange, tree: next.manifest.tree }],
    ]);
    expect(facts).toMatchObject({
      kind: 'promotion',
      file: plain.file,
      rung: plain.rung,
      before: [dev, test],
      requester: person,
      promotion: null,
      plan: plain.plan,
      emergency: null,
      others: [],
      waivers: [waiver],
      serving: [current],
      exceptions: [],
      delegations: [],
      questions: [],
      live: null,
    });
    expect(facts.evidence.map(({ id }) => id)).toEqual(['new']);
    expect(facts.change?.id).toBe(aChange.id);
    expect(facts.observed.alarms.size).toBe(0);
  });

  it('is less on the way back, which needs no change request and no look at gates (REL-10)', async () => {
    const record: AlarmRecord = {
      id: test.id,
      project,
      alarms: [],
      sources: [],
      postedAt: now,
      claimedUntil: null,
    };
    const facts = await loaded(
      [
        ['change', aChange],
        ['alarm', record],
      ],
      { kind: 'rollback' },
      gated({ kind: 'alarms' }),
    );
    expect([facts.change, facts.observed.alarms.size]).toEqual([null, 0]);
  });

  it('names the other promotions that are open there, and not the one that is asked about', async () => {
    const own = promotion('own', {});
    const there: readonly There[] = [
      own,
      promotion('waits', {}),
      promotion('runs', { state: { phase: 'running', rollout, since: now } }),
      promotion('over', { state: { phase: 'withdrawn', by: person, at: now } }),
      promotion('elsewhere', { environment: dev.id }),
    ].map((one) => ['promotion', one]);
    const others = async (asked: Promotion | null) =>
      (await loaded(there, { promotion: asked })).others.map(({ id }) => id).toSorted();
    expect(await others(own)).toEqual(['runs', 'waits']);
    expect(await others(null)).toEqual(['own', 'runs', 'waits']);
  });

  it('is of an emergency what waits says, or else what is asked for (REL-12)', async () => {
    const [own, asked] = [
      { expiresAt: now, confirmed: null },
      { expiresAt: later(now, 1), confirmed: null },
    ];
    const waiting = promotion('own', { emergency: own });
    expect((await loaded([], { promotion: waiting, emergency: asked })).emergency).toEqual(own);
    expect((await loaded([], { emergency: asked })).emergency).toEqual(asked);
  });

  it('knows where a release has run, though the environment has forgotten it (OPS-1)', async () => {
    const bare = environmentOf('test');
    const ran = async (more: Partial<Promotion>, environment: Environment = bare) => {
      const facts = { ...plain, before: [dev, environment] };
      const there: There = ['promotion', promotion('p', { environment: bare.id, ...more })];
      return [...(await loaded([there], {}, facts)).hasRunIn];
    };
    const through: PromotionState = { phase: 'succeeded', rollout: null, at: now };
    expect(await ran({ state: through })).toEqual(['dev', 'test']);
    expect(await ran({ state: through, kind: 'rollback' })).toEqual(['dev']);
    expect(await ran({ state: through, release: current.id })).toEqual(['dev']);
    expect(await ran({ state: { phase: 'failed', rollout, reason: '', at: now } })).toEqual(['dev']);
    expect(await ran({}, running('test', [next, 1]))).toEqual(['dev', 'test']);
  });

  it('names each release that serves and is kept, once', async () => {
    const both = running('prod', [current, 2], [next, 1]);
    const mixed = {
      ...both,
      stable: { ...both.stable, extra: { release: 'gone' as never, version: '0', artifact: '' as never } },
    };
    expect((await loaded([], {}, { ...plain, target: mixed })).serving).toEqual([next]);
  });

  it('is nothing where the release or the environment of what waits is gone', async () => {
    const own = promotion('own', {});
    const of = async (...there: readonly There[]) => {
      const kept = await keeping(...there);
      return kept.act((tx) => factsOf(tx, own));
    };
    expect(await of(['environment', target])).toBeNull();
    expect(await of(['release', next])).toBeNull();
    expect(await of(...recordsOf(plain))).toMatchObject({
      release: next,
      target,
      requester: own.requestedBy,
    });
  });

  it('plans for the services that a way back names, and for all on the way up', async () => {
    const kept = await keeping(...recordsOf(plain));
    const services = ['web' as ServiceName];
    const planned = async (more: Partial<Promotion>) =>
      (await kept.act((tx) => factsOf(tx, promotion('own', { services, ...more }))))?.plan;
    expect(await planned({})).toEqual(plain.plan);
    expect(await planned({ kind: 'rollback' })).toEqual(planOf(target, next, services));
  });
});

describe('the plan where something is on its way', () => {
  const full = { phase: 'watching', since: now, until: later(now, 1) } as const;
  const live = (state: Parameters<typeof aRollout>[0], more: object = {}): There => [
    'rollout',
    aRollout(state, { project, environment: target.id, promotion: 'running' as PromotionId, ...more }),
  ];
  const onItsWay = promotion('running', { state: { phase: 'running', rollout, since: now } });
  const back = { kind: 'rollback', release: current } as const;
  const after = settled(target, onItsWay, next, 'none', now);

  it.each<[string, readonly There[], Partial<Asked>, Environment]>([
    [
      'that serves all requests and gives way: from what it brought',
      [live(full), ['promotion', onItsWay]],
      back,
      after,
    ],
    [
      'that is held at all requests: the same',
      [
        live({ phase: 'held', reason: { kind: 'judge lost' }, since: now, from: full, percent: 100 }),
        ['promotion', onItsWay],
      ],
      back,
      after,
    ],
    [
      'that serves some: from what served before',
      [
        live({ phase: 'held', reason: { kind: 'judge lost' }, since: now, from: full, percent: 99 }),
        ['promotion', onItsWay],
      ],
      back,
      target,
    ],
    [
      'that gives way to nobody: the same',
      [live(full), ['promotion', onItsWay]],
      { release: current },
      target,
    ],
    ['of which nothing is kept: the same', [live(full)], back, target],
    [
      'whose release is gone: the same',
      [live(full), ['promotion', { ...onItsWay, release: 'gone' as never }]],
      back,
      target,
    ],
  ])('begins %s', async (_, there, more, base) => {
    const facts = await loaded(there, more);
    expect(facts.plan).toEqual(planOf(base, current));
    expect(facts.live).not.toBeNull();
  });
});
