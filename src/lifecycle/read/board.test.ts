import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import type { Environment } from '../../domain/environment.ts';
import { type ActorId, type EnvironmentName, instant, later, type RoleName } from '../../domain/ids.ts';
import type { PipelineStep, ProjectFile } from '../../domain/project-file/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { settled } from '../../domain/settle.ts';
import { someMoment } from '../../engine/virtual-clock.ts';
import { inCanary, start } from '../deliver/rollout.kit.ts';
import { settle } from '../deliver/transitions.ts';
import type { BoardQuery, Caller } from '../face.ts';
import { ada, aFile, aProjectWith, environmentNamed, eve, person, program } from '../kept.kit.ts';
import { readBoard } from './board.ts';

const [lead, qa] = ['lead', 'qa'] as RoleName[] as [RoleName, RoleName];
const [bo, cy] = ['bo@example.org', 'cy@example.org'].map((id) => person(id)) as [Caller, Caller];
const names = ['dev', 'test', 'prod', 'loose'] as EnvironmentName[];
const step = (index: number, other: Partial<PipelineStep> = {}): PipelineStep => ({
  environment: names[index] ?? ('' as EnvironmentName),
  gates: [],
  ...other,
});
const approvals = { count: 2, from: [lead], distinctRoles: 1, notRequester: true, expireMs: 3_600_000 };

/** dev, test and prod in a row, the last of which two leads approve; and one environment beside them. */
const file: ProjectFile = {
  ...aFile,
  roles: {
    [lead]: { members: ['ada@example.org', 'bo@example.org'] as ActorId[] },
    [qa]: { members: ['cy@example.org' as ActorId] },
  },
  environments: Object.fromEntries(names.map((name) => [name, environmentNamed(name).spec])),
  pipelines: {
    main: [step(0), step(1), step(2, { approvals, emergency: { from: [lead], second: [lead, qa] } })],
  },
};
const [older, newer] = [aReleaseOf('1.0.0', { web: 'web 1' }), aReleaseOf('1.1.0', { web: 'web 2' })];
const running = (name: string, ...releases: readonly (typeof older)[]): Environment =>
  releases.reduce(
    (environment, one) =>
      settled(environment, aPromotionOf(one, undefined, environment), one, 'passed', someMoment),
    environmentNamed(name),
  );
const environments = [
  running('dev', older, newer),
  running('test', older, newer),
  running('prod', older),
  environmentNamed('loose'),
];
const [, , prod = environmentNamed('prod')] = environments;
const asked = (id: string, other: Partial<Promotion> = {}): Promotion => ({
  ...aPromotionOf(newer, undefined, prod),
  id: id as Promotion['id'],
  requestedBy: { kind: 'person', id: 'cy@example.org' as ActorId },
  requestedAt: someMoment,
  ...other,
});

const board = (...promotions: readonly Promotion[]) => boardOf(file, ...promotions);

async function boardOf(rules: ProjectFile, ...promotions: readonly Promotion[]) {
  const kept = await aProjectWith(environments, rules);
  for (const one of [older, newer]) await kept.put('release', one.id, one);
  for (const one of promotions) await kept.put('promotion', one.id, one);
  return {
    ...kept,
    show: (caller: Caller = ada, query: BoardQuery = {}) =>
      readBoard(kept.parts, async (event) => event as never, kept.project, caller, query),
  };
}

describe('a page of the board', () => {
  it('has the environments of its ladders, in their order, and what they are called together', async () => {
    const { show, project, clock } = await board();
    const view = await show();
    expect(view).toMatchObject({
      project: { id: project, name: 'access' },
      now: clock.now(),
      position: 0,
      recent: [],
    });
    expect(view.pipelines).toEqual([{ name: 'main', rungs: ['dev', 'test', 'prod'] }]);
    expect(view.environments.map(({ name }) => name)).toEqual(['dev', 'test', 'prod', 'loose']);
  });

  it('names the project as it is kept, and as its file says where that is gone', async () => {
    const { show, put, project } = await board();
    await put('project', project, { id: project, name: 'renamed', createdAt: instant(0) });
    expect((await show()).project.name).toBe('renamed');
  });

  it('has the way into each rung from the one below it', async () => {
    const { show } = await board();
    expect((await show()).ways).toMatchObject([
      { pipeline: 'main', from: 'dev', to: 'test', release: null, promotion: null, admission: null },
      {
        pipeline: 'main',
        from: 'test',
        to: 'prod',
        release: { id: newer.id, version: '1.1.0' },
        promotion: null,
        admission: { allowed: false },
      },
    ]);
  });

  it('says of a way that is asked for how that stands', async () => {
    const { show } = await board(
      asked('p0'),
      asked('p1'),
      asked('p2', { kind: 'rollback' }),
      asked('p3', { environment: environmentNamed('test').id }),
    );
    const way = (await show()).ways.find(({ to }) => to === 'prod');
    expect(way).toMatchObject({ promotion: 'p1', release: { id: newer.id } });
    expect(way?.admission?.blockers.map(({ kind }) => kind)).toEqual(['approvals']);
  });

  it('shows the way into its first rung from the rung on the page before', async () => {
    const { show } = await board();
    const page = await show(ada, { after: '1', limit: 1 });
    expect(page.environments.map(({ name }) => name)).toEqual(['test']);
    expect(page.ways).toMatchObject([{ from: 'dev', to: 'test' }]);
    expect(page.page).toMatchObject({ environments: 4, before: 1, previous: '0', next: '2' });
  });

  it('shows the way into a rung of two ladders by each of them', async () => {
    const pipelines = { ...file.pipelines, hotfix: [step(3), step(2)] };
    const { show } = await boardOf({ ...file, pipelines });
    const page = await show(ada, { after: '4', limit: 1 });
    expect(page.environments.map(({ name }) => name)).toEqual(['prod']);
    expect(page.ways).toMatchObject([{ pipeline: 'hotfix', from: 'loose', to: 'prod' }]);
  });

  it('has what is rolled out on it and anywhere, each once', async () => {
    const { show, put } = await board(asked(inCanary.promotion));
    await put('rollout', 'r1', { ...inCanary, id: 'r1' as never, environment: 'prod' as never });
    await put('rollout', 'r2', {
      ...settle(inCanary, start),
      id: 'r2' as never,
      environment: 'dev' as never,
    });
    const shown = async (query: BoardQuery) => (await show(ada, query)).rollouts.map(({ id }) => id);
    expect(await shown({})).toEqual(['r1', 'r2']);
    expect(await shown({ environment: 'loose' })).toEqual(['r1', 'r2']);
  });

  it('has what is rolled out on it, however much is elsewhere', async () => {
    const { show, put } = await board(asked(inCanary.promotion));
    for (let index = 0; index < 25; index += 1)
      await put('rollout', `r${index + 10}`, {
        ...inCanary,
        id: `r${index + 10}` as never,
        environment: 'dev' as never,
      });
    await put('rollout', 'r0', { ...inCanary, id: 'r0' as never, environment: 'prod' as never });
    expect((await show(ada, { environment: 'prod' })).rollouts.map(({ id }) => id)).toContain('r0');
  });
});

describe('whose approval is missing', () => {
  const approved = (by: string) => ({
    by: by as ActorId,
    roles: [lead],
    release: newer.id,
    planHash: asked('p').plan.hash,
    at: someMoment,
    comment: '',
  });
  const isAsked = async (caller: Caller, promotion: Promotion): Promise<boolean> =>
    (await (await board(promotion)).show(caller)).asked.length > 0;

  it.each<[string, Caller, Partial<Promotion>, boolean]>([
    ['one of those who may approve', ada, {}, true],
    ['one of them, when another has', bo, { approvals: [approved('ada@example.org')] }, true],
    [
      'one of those who may, whatever else stands in the way',
      ada,
      { release: older.id, version: '1.0.0' },
      true,
    ],
    ['nobody who has approved', ada, { approvals: [approved('ada@example.org')] }, false],
    ['nobody of another role', cy, {}, false],
    ['nobody without a role', eve, {}, false],
    ['no program', program('ci'), {}, false],
    ['nobody for what goes in already', ada, { state: { phase: 'running', rollout: 'r' } as never }, false],
    ['nobody before it is asked for', ada, { requestedAt: later(someMoment, 1) }, false],
    [
      'nobody for what they asked for',
      ada,
      { requestedBy: { kind: 'person', id: 'ada@example.org' as ActorId } },
      false,
    ],
  ])('is %s', async (_, caller, other, isExpected) => {
    expect(await isAsked(caller, asked('p', other))).toBe(isExpected);
  });

  const emergency = { expiresAt: later(someMoment, 3_600_000), confirmed: null };
  const byAda = { kind: 'person', id: 'ada@example.org' as ActorId } as const;
  const adaAsBo: Caller = {
    ...bo,
    actor: { kind: 'person', id: 'bo@example.org' as ActorId, actingFrom: byAda.id },
  };

  it.each<[string, Caller, boolean]>([
    ['is that of a second person, in an emergency', bo, true],
    ['is that of a second person of any role that may', cy, true],
    ['is not that of who asked', ada, false],
    ['is not that of who asked and acts as somebody else', adaAsBo, false],
  ])('%s (REL-12)', async (_, caller, isExpected) => {
    expect(await isAsked(caller, asked('p', { requestedBy: byAda, emergency }))).toBe(isExpected);
  });

  it('may be of who acts as somebody else, where it is no emergency', async () => {
    expect(await isAsked(adaAsBo, asked('p', { requestedBy: byAda }))).toBe(true);
  });

  it('is nobody who has left the project since, though the rules there still name them', async () => {
    const { put, show } = await board(asked('p'));
    const before = digestOf('the rules of before');
    const roles = { ...file.roles, [lead]: { members: ['eve@example.org' as ActorId] } };
    await put('rules', before, { id: before, project: prod.project, file: { ...file, roles }, text: '' });
    await put('environment', prod.id, { ...prod, rules: { ...prod.rules, file: before } });
    const { asked: isAskedOf, promotions } = await show(eve);
    expect(promotions[0]?.admission.blockers[0]?.liftedBy).toMatchObject({ members: [eve.person] });
    expect(isAskedOf).toEqual([]);
  });
});

describe('who looks at the board', () => {
  const acting: Caller = {
    ...ada,
    actor: { kind: 'person', id: 'ada@example.org' as ActorId, actingFrom: 'cy@example.org' as ActorId },
  };
  it.each<[string, Caller, object]>([
    ['with their roles', ada, { id: 'ada@example.org', roles: [lead], actingAs: null }],
    ['without a role', eve, { id: 'eve@example.org', roles: [], actingAs: null }],
    ['as somebody else', acting, { id: 'cy@example.org', roles: [lead], actingAs: 'ada@example.org' }],
    ['as a program', program('ci'), { id: '', roles: [], actingAs: null }],
  ])('is told who they are: %s', async (_, caller, viewer) => {
    expect((await (await board()).show(caller)).viewer).toEqual({ ...viewer, mayActAs: [] });
  });
});
