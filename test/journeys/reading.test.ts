import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../src/domain/event.ts';
import type { EnvironmentId, PromotionId, ReleaseId, RolloutId } from '../../src/domain/ids.ts';
import type { RecordKind, Records } from '../../src/engine/store.ts';
import { aRollout, samples } from '../../src/lifecycle/deliver/rollout.kit.ts';
import type { PromotionView, RolloutView } from '../../src/lifecycle/views.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { aRelease } from '../kit/records.ts';
import { minuteMs, runs } from './ladder.kit.ts';

const [ada, bo, cy] = ['ada@example.org', 'bo@example.org', 'cy@example.org'] as const;

const yaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [${ada}, ${bo}] }
  qa-lead: { members: [${cy}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  sit: { tier: staging }
  prod: { tier: production }
  lab: { tier: testing }
pipelines:
  main:
    - environment: dev
    - environment: sit
      approvals: { count: 1, from: [qa-lead], expire: 24h }
    - environment: prod
      approvals: { count: 1, from: [qa-lead], expire: 24h }
      emergency: { from: [engineering-lead], second: [qa-lead] }
`;

/** 1.0.0 runs in dev. */
async function opened(): Promise<Plane> {
  const plane = await openPlane(yaml);
  for (const name of ['dev', 'sit', 'prod']) simulateAgent(plane, name);
  await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  expect(await runs(plane, 'dev')).toBe('1.0.0');
  return plane;
}

const ask = (plane: Plane, to = 'sit', release = '1.0.0'): Promise<PromotionView> =>
  plane.control.requestPromotion(plane.project, { release, to }, plane.as(ada));

async function bring(plane: Plane, to = 'sit', release = '1.0.0'): Promise<PromotionView> {
  const { id, plan } = await ask(plane, to, release);
  await plane.control.approve(plane.project, id, { planHash: plan.hash }, plane.as(cy));
  await plane.clock.advance(minuteMs);
  expect(await runs(plane, to)).toBe(release);
  return plane.control.promotion(plane.project, id);
}

const addReleases = ({ parts, project }: Plane, count: number): Promise<void> =>
  parts.store.transaction(async (tx) => {
    for (let number = 1; number <= count; number += 1) {
      const release = aRelease(project, `sha256:${String(number).padStart(4, '0')}`, number);
      await tx.put(project, 'release', release.id, release, 0);
    }
  });

/** Another value of what is kept. */
const change = <K extends RecordKind>(
  { parts, project }: Plane,
  kind: K,
  id: string,
  to: (kept: Records[K]) => Records[K],
): Promise<void> =>
  parts.store.transaction(async (tx) => {
    const stored = await tx.get(project, kind, id);
    if (stored === undefined) throw new Error(`there is no ${kind} ${id}`);
    await tx.put(project, kind, id, to(stored.value), stored.version);
  });

const said = ({ project, clock }: Plane, other: Partial<NewEvent> = {}): NewEvent => ({
  project,
  kind: 'release.created',
  at: clock.now(),
  actor: { kind: 'automation', rule: 'test' },
  environment: null,
  subject: 'release/x',
  message: 'something happened',
  payload: {},
  ...other,
});

async function say(plane: Plane, events: readonly NewEvent[]): Promise<void> {
  await plane.parts.store.transaction((tx) => tx.append(events));
  await plane.chainNow();
}

describe('a project', () => {
  it('is found by its name and by its id, and no other is taken for it', async () => {
    const { control, project } = await openPlane(yaml);
    const access = { id: project, name: 'access' };
    expect(await control.projects()).toEqual([access]);
    expect(await control.project('access')).toEqual(access);
    expect(await control.project(project)).toEqual(access);
    await expect(control.project('other')).rejects.toMatchObject({ kind: 'absent', code: 'project-unknown' });
  });
});

describe('the releases', () => {
  it('come newest first, page by page, fifty at once unless told and never more than two hundred', async () => {
    const plane = await openPlane(yaml);
    await addReleases(plane, 205);
    const { control, project } = plane;
    const first = await control.releases(project, {});
    expect([first.items.length, first.items[0]?.version, first.items[49]?.version]).toEqual([
      50,
      '1.0.205',
      '1.0.156',
    ]);
    const next = await control.releases(project, { after: first.next ?? '', limit: 2 });
    expect(next.items.map(({ version }) => version)).toEqual(['1.0.155', '1.0.154']);
    expect((await control.releases(project, { limit: 1000 })).items).toHaveLength(200);
  });

  it('are shown with where each runs now', async () => {
    const plane = await opened();
    await bring(plane);
    await plane.release('feat: more', { web: 'web 2' });
    await plane.clock.advance(minuteMs);
    const { items, next } = await plane.control.releases(plane.project, {});
    expect(items.map(({ version, runsIn }) => [version, runsIn])).toEqual([
      ['1.1.0', ['dev']],
      ['1.0.0', ['sit']],
    ]);
    expect(next).toBeNull();
    expect((await plane.control.release(plane.project, 'v1.0.0')).runsIn).toEqual(['sit']);
  });
});

describe('the promotions', () => {
  it('are those of one environment where one is named, and only open ones where those are asked for', async () => {
    const plane = await opened();
    const { control, project } = plane;
    const done = await bring(plane);
    const waiting = await ask(plane, 'prod');
    const ids = async (query: Parameters<typeof control.promotions>[1]) =>
      (await control.promotions(project, query)).items
        .filter(({ environment }) => environment !== 'dev')
        .map(({ id }) => id);
    expect(await ids({})).toEqual([waiting.id, done.id]);
    expect(await ids({ open: true })).toEqual([waiting.id]);
    expect(await ids({ environment: 'sit' })).toEqual([done.id]);
    expect(await ids({ environment: 'sit', open: true })).toEqual([]);
    await expect(control.promotions(project, { environment: 'moon' })).rejects.toMatchObject({
      code: 'environment-unknown',
    });
  });

  it('come page by page, each as it is shown alone', async () => {
    const plane = await opened();
    const done = await bring(plane);
    const waiting = await ask(plane, 'prod');
    const first = await plane.control.promotions(plane.project, { limit: 1 });
    expect(first.items).toEqual([await plane.control.promotion(plane.project, waiting.id)]);
    const after = first.next ?? '';
    const [second] = (await plane.control.promotions(plane.project, { limit: 1, after })).items;
    expect(second).toEqual(await plane.control.promotion(plane.project, done.id));
  });

  it('and rollouts that are not there are said to be absent, each as what it is', async () => {
    const { control, project } = await openPlane(yaml);
    await expect(control.promotion(project, 'none' as PromotionId)).rejects.toMatchObject({
      kind: 'absent',
      code: 'promotion-unknown',
    });
    await expect(control.rollout(project, 'none' as RolloutId)).rejects.toMatchObject({
      kind: 'absent',
      code: 'rollout-unknown',
    });
  });
});

describe('a promotion whose release is gone', () => {
  it('is said to be so, and is not shown with what it is not', async () => {
    const plane = await opened();
    const { id } = await ask(plane);
    await change(plane, 'promotion', id, (kept) => ({ ...kept, release: 'gone' as ReleaseId }));
    await expect(plane.control.promotion(plane.project, id)).rejects.toMatchObject({
      kind: 'absent',
      code: 'promotion-homeless',
    });
  });
});

describe('a rollout', () => {
  const liveIn = async (plane: Plane, name: string): Promise<RolloutView> => {
    const { rollout } = await plane.control.environment(plane.project, name);
    if (rollout === null) throw new Error(`nothing is rolled out in ${name}`);
    return plane.control.rollout(plane.project, rollout);
  };

  it('is shown before its agent has said a word, and can be neither resumed nor let on', async () => {
    const plane = await openPlane(yaml);
    await plane.release('feat: begin', { web: 'web 1' });
    await plane.clock.advance(minuteMs);
    expect(await liveIn(plane, 'dev')).toMatchObject({
      environment: 'dev',
      version: '1.0.0',
      effectivePercent: null,
      curve: [],
      resume: null,
      advance: null,
    });
  });

  it('is drawn from its latest measurements, so that it takes no longer the longer it is watched', async () => {
    const plane = await openPlane(yaml);
    await plane.release('feat: begin', { web: 'web 1' });
    await plane.clock.advance(minuteMs);
    const { id } = await liveIn(plane, 'dev');
    const { parts, project } = plane;
    const measured = samples({ ...aRollout({ phase: 'preflight', since: plane.clock.now() }), id }, 900);
    await parts.store.transaction((tx) => tx.addSamples(project, measured));
    expect((await plane.control.rollout(project, id)).curve).toHaveLength(300);
    await change(plane, 'rollout', id, (kept) => ({ ...kept, lastSample: 690 }));
    expect((await plane.control.rollout(project, id)).curve).toHaveLength(270);
  });
});

describe('why a release may not go somewhere', () => {
  const why = (plane: Plane, to = 'prod') => plane.control.why(plane.project, '1.0.0', to, plane.as(ada));

  it('is told of what nobody asked for as if the one who looks had asked', async () => {
    const plane = await opened();
    const told = await why(plane);
    const { id, version } = await plane.control.release(plane.project, '1.0.0');
    expect(told).toMatchObject({
      release: { id, version },
      environment: 'prod',
      promotion: null,
      changeRequest: null,
    });
    expect(told.admission.blockers.map(({ kind }) => kind)).toEqual(['order', 'approvals']);
    expect(told.plan.changes).toMatchObject([{ service: 'web', action: 'add' }]);
    const stranger = plane.as('eve@example.org');
    const { admission } = await plane.control.why(plane.project, '1.0.0', 'prod', stranger);
    expect(admission.blockers.map(({ kind }) => kind)).toContain('role unknown');
  });

  it('is told of what was asked for, with what it has already, and of no other release', async () => {
    const plane = await opened();
    await bring(plane);
    await plane.release('feat: more', { web: 'web 2' });
    await plane.clock.advance(minuteMs);
    const waiting = await ask(plane, 'prod');
    expect(await why(plane)).toMatchObject({
      release: { version: '1.0.0' },
      environment: 'prod',
      promotion: waiting.id,
      plan: waiting.plan,
    });
    const other = await plane.control.why(plane.project, '1.1.0', 'prod', plane.as(ada));
    expect(other.promotion).toBeNull();
    expect((await why(plane, 'sit')).promotion).toBeNull();
  });

  it('names who may ask for it as an emergency, where there is such a way in', async () => {
    const plane = await opened();
    expect((await why(plane)).emergencyWay).toMatchObject({
      from: { roles: ['engineering-lead'], members: [ada, bo] },
      second: { roles: ['qa-lead'], members: [cy] },
    });
    for (const to of ['sit', 'lab']) expect(await why(plane, to)).not.toHaveProperty('emergencyWay');
  });
});

describe('the log', () => {
  it('is of one environment, or of one thing, where that is asked for, and names environments', async () => {
    const plane = await opened();
    const { id } = await ask(plane);
    const log = async (query: object) => (await plane.control.log(plane.project, query)).items;
    const inSit = await log({ environment: 'sit' });
    expect(inSit.map(({ kind }) => kind)).toContain('promotion.requested');
    expect(new Set(inSit.map(({ environment }) => environment))).toEqual(new Set(['sit']));
    const about = await log({ subject: `promotion/${id}` });
    expect(about).toMatchObject([
      { kind: 'promotion.requested', environment: 'sit', actor: { kind: 'person', id: ada } },
    ]);
    expect((await log({})).map(({ environment }) => environment)).toContain('dev');
    await expect(log({ environment: 'moon' })).rejects.toMatchObject({ code: 'environment-unknown' });
  });

  it('shows what is of no environment, or of one that nobody knows, without a name', async () => {
    const plane = await openPlane(yaml);
    await say(plane, [said(plane), said(plane, { environment: 'nobody' as EnvironmentId })]);
    const { items } = await plane.control.log(plane.project, { subject: 'release/x' });
    expect(items.map(({ environment }) => environment)).toEqual([null, null]);
  });

  it('comes newest first, page by page, fifty at once unless told and never more than two hundred', async () => {
    const plane = await openPlane(yaml);
    await say(
      plane,
      Array.from({ length: 205 }, (_, index) => said(plane, { message: `${index + 1}` })),
    );
    const page = (query: object) => plane.control.log(plane.project, { subject: 'release/x', ...query });
    const first = await page({});
    expect([first.items.length, first.items[0]?.message, first.items[49]?.message]).toEqual([
      50,
      '205',
      '156',
    ]);
    expect(first.next).toBe(String(first.items[49]?.position));
    const rest = await page({ before: Number(first.next), limit: 2 });
    expect(rest.items.map(({ message }) => message)).toEqual(['155', '154']);
    const most = await page({ limit: 1000 });
    expect(most.items).toHaveLength(200);
    const last = await page({ before: Number(most.next) });
    expect([last.items.length, last.next]).toEqual([5, null]);
    for (const query of [{ subject: 'nothing' }, { limit: 0 }]) expect((await page(query)).next).toBeNull();
  });
});

describe('the environments', () => {
  it('say whether their agent is heard', async () => {
    const { control, project } = await opened();
    expect((await control.environment(project, 'dev')).agent.silent).toBe(false);
    expect((await control.environment(project, 'lab')).agent).toEqual({ lastHeardAt: null, silent: true });
  });

  it('are those that are not retired, though the project file still names one that is', async () => {
    const plane = await openPlane(yaml);
    const { id } = await plane.control.environment(plane.project, 'sit');
    const retiredAt = plane.clock.now();
    await change(plane, 'environment', id, (kept) => ({ ...kept, retiredAt }));
    const { items } = await plane.control.environments(plane.project, {});
    expect(items.map(({ name }) => name)).toEqual(['dev', 'prod', 'lab']);
  });

  it('come in the order of the ladders, page by page', async () => {
    const { control, project } = await openPlane(yaml);
    const names = async (query: object) => {
      const { items, next } = await control.environments(project, query);
      return [items.map(({ name }) => name), next];
    };
    expect(await names({})).toEqual([['dev', 'sit', 'prod', 'lab'], null]);
    expect(await names({ limit: 2 })).toEqual([['dev', 'sit'], '2']);
    expect(await names({ limit: 2, after: '2' })).toEqual([['prod', 'lab'], null]);
    expect(await names({ limit: 3 })).toEqual([['dev', 'sit', 'prod'], '3']);
    expect(await names({ limit: 4 })).toEqual([['dev', 'sit', 'prod', 'lab'], null]);
    expect(await names({ search: ' RO ' })).toEqual([['prod'], null]);
    expect(await names({ search: 'moon' })).toEqual([[], null]);
  });
});
