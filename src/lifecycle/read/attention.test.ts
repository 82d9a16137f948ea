import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import { digestOf } from '../../domain/canonical.ts';
import { type EnvironmentId, instant } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { RulesProposal } from '../../domain/rules/index.ts';
import { allAtOnce, inCanary, start } from '../deliver/rollout.kit.ts';
import { settle } from '../deliver/transitions.ts';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { openPromotions, placesOf, readAttention, weakenedViews } from './attention.ts';
import { releaseView } from './release-view.ts';
import { waiverViews } from './waiver-views.ts';

const release = aReleaseOf('1.0.0', { web: 'web 1', orders: 'orders 1' }, 'tree');
const { project } = release;
const promotion = (id: string, environment: string, phase: string): Promotion =>
  ({ ...aPromotionOf(release), id, environment, state: { phase } }) as Promotion;
const proposal = (id: string, environment: string, phase: string): RulesProposal =>
  ({
    id,
    project,
    environment,
    from: digestOf('rules'),
    to: digestOf(id),
    branch: 'main',
    changes: [],
    hash: digestOf(id),
    proposedBy: { kind: 'automation', rule: 'x' },
    proposedAt: start,
    approvals: [],
    state: { phase },
  }) as unknown as RulesProposal;
const ids = (found: readonly { readonly id: string }[]): readonly string[] => found.map(({ id }) => id);

describe('what wants attention in a project, wherever it is,', () => {
  it('is what is open, what is live, what was judged last, and the rules that wait', async () => {
    const { put, store } = await aProjectWith();
    for (const [id, phase] of [
      ['p1', 'waiting'],
      ['p2', 'running'],
      ['p3', 'succeeded'],
    ] as const)
      await put('promotion', id, promotion(id, 'dev', phase));
    const over = settle(inCanary, start);
    const rollouts = { r1: over, r2: over, r3: inCanary, r4: settle(allAtOnce(inCanary.state), start) };
    for (const [id, rollout] of Object.entries(rollouts))
      await put('rollout', id, { ...rollout, id: id as never });
    for (const [id, phase] of [
      ['w1', 'waiting'],
      ['w2', 'accepted'],
    ] as const)
      await put('proposal', id, proposal(id, 'dev', phase));
    const { promotions, rollouts: live, weakened } = await store.read((tx) => readAttention(tx, project));
    expect([ids(promotions), ids(live), ids(weakened)]).toEqual([['p2', 'p1'], ['r3', 'r3'], ['w1']]);
    await put('rollout', 'r3', { ...over, id: 'r3' as never, policy: null });
    expect(ids((await store.read((tx) => readAttention(tx, project))).rollouts)).toEqual(['r2']);
  });

  it('is in these environments, each once', () => {
    const places = placesOf({
      promotions: [promotion('p1', 'dev', 'waiting'), promotion('p2', 'dev', 'waiting')],
      rollouts: [{ ...inCanary, environment: 'test' as EnvironmentId }],
      weakened: [proposal('w', 'prod', 'waiting')],
    });
    expect(places).toEqual(['dev', 'test', 'prod']);
  });

  it('is shown beside what is open in the environments of the page, newest first and each once', async () => {
    const [dev, test] = [environmentNamed('dev'), environmentNamed('test')];
    const { put, store } = await aProjectWith([dev, test]);
    const there = [
      promotion('p1', 'dev', 'waiting'),
      promotion('p3', 'test', 'running'),
      promotion('p4', 'test', 'succeeded'),
    ];
    for (const one of there) await put('promotion', one.id, one);
    const anywhere = [
      promotion('p2', 'prod', 'waiting'),
      promotion('p3', 'test', 'running'),
      promotion('p5', 'prod', 'succeeded'),
    ];
    const open = await store.read((tx) => openPromotions(tx, project, anywhere, [dev, test]));
    expect(ids(open)).toEqual(['p3', 'p2', 'p1']);
  });

  it('is who is asked about rules that wait, where the environment is still there', async () => {
    const { put, store } = await aProjectWith([environmentNamed('dev'), environmentNamed('test')]);
    const waiting = [
      proposal('w1', 'dev', 'waiting'),
      proposal('w2', 'gone', 'waiting'),
      proposal('w3', 'test', 'accepted'),
    ];
    for (const one of waiting) await put('proposal', one.id, one);
    const views = await store.read((tx) => weakenedViews(tx, project, waiting, start));
    expect(views).toMatchObject([{ environment: 'dev', waiting: { id: 'w1' } }]);
    expect(views).toHaveLength(1);
  });
});

describe('a release', () => {
  const variant = (id: string) => ({ release: id as never, version: '1', artifact: digestOf(id) });

  it('is shown to run where at least one of its services does', () => {
    const environments = [
      environmentNamed('dev', { stable: { web: variant(release.id), orders: variant('other') } as never }),
      environmentNamed('test', { stable: { web: variant('other') } as never }),
      environmentNamed('empty'),
    ];
    expect(releaseView(release, environments)).toMatchObject({
      tree: 'tree',
      version: '1.0.0',
      runsIn: ['dev'],
    });
  });

  it('is shown with what was waived for its tree, where the environment is still there', async () => {
    const { put, store } = await aProjectWith([
      environmentNamed('dev'),
      environmentNamed('gone', { retiredAt: instant(1) }),
    ]);
    await put('release', release.id, release);
    for (const [id, tree, environment] of [
      ['w1', 'tree', 'dev'],
      ['w2', 'other', 'dev'],
      ['w3', 'tree', 'gone'],
    ] as const) {
      const waiver = {
        id,
        project,
        gate: 'tests',
        tree,
        environment,
        by: 'ada',
        roles: ['lead'],
        reason: 'so',
        at: start,
      };
      await put('waiver', id, waiver as never);
    }
    const shown = {
      id: 'w1',
      gate: 'tests',
      environment: 'dev',
      by: 'ada',
      roles: ['lead'],
      reason: 'so',
      at: start,
    };
    expect(await store.read((tx) => waiverViews(tx, project, '1.0.0'))).toEqual([shown]);
  });
});
