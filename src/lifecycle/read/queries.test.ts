import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import type { Environment } from '../../domain/environment.ts';
import type { EventKind } from '../../domain/event.ts';
import { type EnvironmentName, instant, type RoleName } from '../../domain/ids.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { settled } from '../../domain/settle.ts';
import { someMoment } from '../../engine/virtual-clock.ts';
import { inCanary } from '../deliver/rollout.kit.ts';
import { ada, aFile, aProjectWith, environmentNamed } from '../kept.kit.ts';
import { createQueries } from './queries.ts';

const names = ['dev', 'prod'] as EnvironmentName[] as [EnvironmentName, EnvironmentName];
const lead = 'lead' as RoleName;
const emergency = { from: [lead], second: [lead] };
const file: ProjectFile = {
  ...aFile,
  environments: Object.fromEntries(names.map((name) => [name, environmentNamed(name).spec])),
  pipelines: {
    main: [
      { environment: names[0], gates: [] },
      { environment: names[1], gates: [], emergency },
    ],
  },
};
const release = { ...aReleaseOf('1.0.0', { web: 'web 1' }), createdAt: instant(1) };
const newer = { ...aReleaseOf('1.1.0', { web: 'web 2' }), createdAt: instant(2) };
const { project } = release;
const dev: Environment = settled(
  environmentNamed('dev'),
  aPromotionOf(release),
  release,
  'passed',
  someMoment,
);
const prod = environmentNamed('prod');
const asked = (id: string, other: Partial<Promotion> = {}): Promotion => ({
  ...aPromotionOf(release, undefined, prod),
  id: id as Promotion['id'],
  ...other,
});

async function querying(environments: readonly Environment[] = [dev, prod], rules: ProjectFile = file) {
  const kept = await aProjectWith(environments, rules);
  for (const one of [release, newer]) await kept.put('release', one.id, one);
  const tell = async (kind: EventKind, environment: string | null = null, subject = 'x') => {
    const actor = { kind: 'automation', rule: 'test' } as const;
    const event = {
      project,
      kind,
      at: someMoment,
      actor,
      environment,
      subject,
      message: kind,
      payload: { a: 1 },
    };
    await kept.store.transaction((tx) => tx.append([event as never]));
    await kept.store.chain(project);
  };
  return { ...kept, tell, queries: createQueries(kept.parts) };
}

describe('a project', () => {
  it.each([String(project), 'access'])('is found by its name or its id: %s', async (name) => {
    const { queries } = await querying();
    expect(await queries.project(name)).toEqual({ id: project, name: 'access' });
    expect(await queries.projects()).toEqual([{ id: project, name: 'access' }]);
  });

  it('is not known by another', async () => {
    const { queries } = await querying();
    await expect(queries.project('acces')).rejects.toMatchObject({ kind: 'absent', code: 'project-unknown' });
  });
});

describe('the environments of a project', () => {
  const many = Array.from({ length: 250 }, (_, index) => environmentNamed(`e-${index}`));
  const wide: ProjectFile = {
    ...aFile,
    environments: Object.fromEntries(many.map(({ name, spec }) => [name, spec])),
  };

  it('are given page by page', async () => {
    const { queries } = await querying(many, wide);
    const page = async (query: Parameters<typeof queries.environments>[1]) => {
      const { items, next } = await queries.environments(project, query);
      return [items[0]?.name, items.length, next];
    };
    expect(await page({})).toEqual(['e-0', 50, '50']);
    expect(await page({ after: '50', limit: 10 })).toEqual(['e-50', 10, '60']);
    expect(await page({ limit: 1000 })).toEqual(['e-0', 200, '200']);
    expect(await page({ after: '200' })).toEqual(['e-200', 50, null]);
    expect(await page({ after: '240', limit: 10 })).toEqual(['e-240', 10, null]);
    expect(await page({ search: ' E-24 ' })).toEqual(['e-24', 11, null]);
    expect(await page({ search: 'x' })).toEqual([undefined, 0, null]);
  });

  it('are shown with what is known of each', async () => {
    const { queries, put } = await querying();
    await put('rollout', inCanary.id, { ...inCanary, environment: prod.id });
    const { items } = await queries.environments(project, {});
    expect(items.map(({ name, release: runs, rollout }) => [name, runs?.version, rollout])).toEqual([
      ['dev', '1.0.0', null],
      ['prod', undefined, inCanary.id],
    ]);
    expect(await queries.environment(project, 'dev')).toEqual(items[0]);
  });
});

describe('the releases of a project', () => {
  it('are given newest first, each with where it runs', async () => {
    const { queries } = await querying();
    const page = await queries.releases(project, { limit: 1 });
    expect(page.items).toMatchObject([{ version: '1.1.0', runsIn: [] }]);
    const rest = await queries.releases(project, { after: page.next ?? undefined });
    expect(rest).toMatchObject({ items: [{ version: '1.0.0', runsIn: ['dev'] }], next: null });
    expect(await queries.release(project, '1.0.0')).toEqual(rest.items[0]);
  });
});

describe('the promotions of a project', () => {
  it('are those into an environment, or those that are open, newest first', async () => {
    const { queries, put } = await querying();
    const over = { phase: 'succeeded', rollout: null, at: someMoment } as const;
    const all = [
      asked('p1'),
      asked('p2', { state: over }),
      asked('p3', { environment: dev.id, state: over }),
    ];
    for (const one of all) await put('promotion', one.id, one);
    const ids = async (query: Parameters<typeof queries.promotions>[1]) =>
      (await queries.promotions(project, query)).items.map(({ id, environment }) => `${id} ${environment}`);
    expect(await ids({})).toEqual(['p3 dev', 'p2 prod', 'p1 prod']);
    expect(await ids({ open: true })).toEqual(['p1 prod']);
    expect(await ids({ environment: 'dev' })).toEqual(['p3 dev']);
    expect(await ids({ environment: 'prod', open: true })).toEqual(['p1 prod']);
    expect(await ids({ open: false, limit: 1 })).toEqual(['p3 dev']);
    expect((await queries.promotion(project, 'p1' as never)).release.version).toBe('1.0.0');
  });

  it.each([
    ['it is not there', 'promotion-unknown', []],
    ['its release is gone', 'promotion-homeless', ['release']],
    ['its environment is gone', 'promotion-homeless', ['environment']],
  ] as const)('are not shown where %s', async (_, code, gone) => {
    const { queries, put, store } = await querying();
    if (gone.length > 0) await put('promotion', 'p1', asked('p1'));
    const ids = { release: release.id, environment: prod.id };
    await store.transaction(async (tx) => {
      for (const kind of gone) await tx.remove(project, kind, ids[kind]);
    });
    await expect(queries.promotion(project, 'p1' as never)).rejects.toMatchObject({ kind: 'absent', code });
  });
});

describe('why a release is not in an environment', () => {
  it('is what its promotion waits for, where one is open', async () => {
    const { queries, put } = await querying();
    for (const one of [asked('p1'), asked('p2', { release: newer.id, version: '1.1.0' })])
      await put('promotion', one.id, one);
    const why = await queries.why(project, '1.0.0', 'prod', ada);
    expect(why).toMatchObject({
      promotion: 'p1',
      environment: 'prod',
      release: { version: '1.0.0' },
      changeRequest: null,
    });
    expect(why.plan.changes.map(({ service }) => service)).toEqual(['web']);
  });

  it('is what would stand in its way, where nobody asked', async () => {
    const { queries, put } = await querying();
    await put(
      'promotion',
      'p1',
      asked('p1', { state: { phase: 'succeeded', rollout: null, at: someMoment } }),
    );
    const why = await queries.why(project, '1.1.0', 'prod', ada);
    expect(why).toMatchObject({
      promotion: null,
      admission: { allowed: false, blockers: [{ kind: 'order' }] },
    });
    expect((await queries.why(project, '1.0.0', 'prod', ada)).promotion).toBeNull();
  });

  it('says who may take the emergency way, where there is one (REL-12)', async () => {
    const { queries } = await querying();
    const { emergencyWay } = await queries.why(project, '1.0.0', 'prod', ada);
    expect(emergencyWay).toMatchObject({ from: { roles: [lead] }, second: { roles: [lead] } });
    expect(await queries.why(project, '1.1.0', 'dev', ada)).not.toHaveProperty('emergencyWay');
  });
});

describe('the log of a project', () => {
  it('is given newest first, page by page, without what is for agents alone', async () => {
    const { queries, tell } = await querying();
    for (const kind of ['build.wanted', 'desired.changed', 'release.created', 'build.failed'] as const)
      await tell(kind);
    const page = async (query: Parameters<typeof queries.log>[1]) => {
      const { items, next } = await queries.log(project, query);
      return [items.map(({ kind }) => kind), next];
    };
    expect(await page({})).toEqual([['build.failed', 'release.created', 'build.wanted'], null]);
    expect((await page({ all: true }))[0]).toHaveLength(4);
    expect(await page({ limit: 2 })).toEqual([['build.failed', 'release.created'], '3']);
    expect(await page({ before: 3, limit: 2 })).toEqual([['build.wanted'], null]);
    expect(await page({ before: 1 })).toEqual([[], null]);
    expect(await page({ all: true, limit: 3 })).toEqual([
      ['build.failed', 'release.created', 'desired.changed'],
      '2',
    ]);
  });

  it('is that of an environment or of a subject, where one is asked for', async () => {
    const { queries, tell } = await querying();
    await tell('environment.observed', prod.id);
    await tell('environment.observed', dev.id);
    await tell('build.wanted', null, 'build/tree');
    const subjects = async (query: Parameters<typeof queries.log>[1]) =>
      (await queries.log(project, query)).items.map(
        ({ environment, subject }) => `${environment} ${subject}`,
      );
    expect(await subjects({ environment: 'prod' })).toEqual(['prod x']);
    expect(await subjects({ subject: 'build/tree' })).toEqual(['null build/tree']);
  });

  it('names environments as they are called, and none that is not there', async () => {
    const { queries, tell, store } = await querying();
    for (const id of [prod.id, 'gone', null]) await tell('environment.observed', id);
    const shown = async () => (await queries.log(project, {})).items.map(({ environment }) => environment);
    expect(await shown()).toEqual([null, null, 'prod']);
    expect(await shown()).toEqual([null, null, 'prod']);
    const [event] = await store.events(project, 0, 1);
    const { position, at, kind, actor, subject, message, payload } = event ?? {};
    expect((await queries.log(project, {})).items.at(-1)).toEqual({
      position,
      at,
      kind,
      actor,
      subject,
      message,
      payload,
      environment: 'prod',
    });
    expect(await queries.eventsAfter(project, 1, 1)).toMatchObject([{ position: 2 }]);
  });
});
