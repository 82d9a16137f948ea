import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/ids.ts';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import type { Caller } from '../../src/lifecycle/face.ts';
import type { PromotionView } from '../../src/lifecycle/views.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { type FixedShares, simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { blockersOf, hourMs, liveIn, minuteMs, runs } from './ladder.kit.ts';

const [ada, bo, cy] = ['ada@example.org', 'bo@example.org', 'cy@example.org'] as const;

const emergencyYaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [${ada}, ${bo}] }
  devops-lead: { members: [${bo}, ${ada}] }
  qa-lead: { members: [${cy}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  sit: { tier: staging }
  prod: { tier: production, windows: ["Tue 09:00-10:00 UTC"] }
pipelines:
  main:
    - environment: dev
    - environment: sit
    - environment: prod
      gates: [{ soak: 24h }, { bugs: 0 }]
      approvals: { count: 2, from: [engineering-lead, qa-lead] }
      emergency: { from: [engineering-lead], second: [devops-lead] }
      rollout:
        canary: [{ percent: 10, for: 5m }, { percent: 100 }]
        watch: 2h
`;

interface Burning extends Plane {
  readonly version: string;
}

/** A release that runs in dev alone, with everything between it and prod. */
async function burning(prod: FixedShares = { perSecond: 100 }): Promise<Burning> {
  const plane = await openPlane(emergencyYaml);
  for (const environment of ['dev', 'sit']) simulateAgent(plane, environment);
  simulateAgent(plane, 'prod', prod);
  const version = await plane.release('fix: let people sign in', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  expect(await runs(plane, 'dev')).toBe(version);
  return { ...plane, version };
}

const cry = (plane: Burning, person: string, more: object = {}): Promise<PromotionView> =>
  plane.control.requestPromotion(
    plane.project,
    { release: plane.version, to: 'prod', emergency: true, reason: 'nobody can sign in', ...more },
    plane.as(person),
  );

const confirm = async (plane: Plane, { id, plan }: PromotionView, by: string | Caller) =>
  plane.control.approve(
    plane.project,
    id,
    { planHash: plan.hash, emergency: true },
    typeof by === 'string' ? plane.as(by) : by,
  );

const token: Caller = {
  actor: { kind: 'token', id: 'ci' as never, name: 'ci' },
  scopes: ['promote'],
  person: null,
};

const accept = (plane: Plane, text: string) =>
  declareProject(plane.parts, {
    ...parseProjectFile(new TextEncoder().encode(text), 'rung.yaml'),
    branch: 'main',
    keys: {},
    by: { kind: 'automation', rule: 'test' },
  });

/** A first release serves in prod, and a second one that mends it runs in dev. */
async function established(prod?: FixedShares): Promise<Burning> {
  const plane = await burning(prod);
  const first = await cry(plane, ada);
  await confirm(plane, first, bo);
  await plane.clock.advance(10 * minuteMs);
  expect(await runs(plane, 'prod')).toBe(plane.version);
  const version = await plane.release('fix: again', { web: 'web 2' });
  await plane.clock.advance(minuteMs);
  return { ...plane, version };
}

const told = async ({ control, project }: Plane, kind: string) =>
  (await control.log(project, { limit: 100 })).items.filter((one) => one.kind === kind);

describe('an emergency (REL-12)', () => {
  it('passes over order, gates, approvals and windows once a second person confirms it, and keeps each by name for ever', async () => {
    const plane = await burning();
    const asked = await cry(plane, ada);
    expect(asked.admission.blockers.map(({ kind }) => kind)).toEqual(['emergency']);
    const skipped = ['order', 'soak', 'bugs', 'approvals', 'window'];
    expect(asked.admission.passedOver?.map(({ kind }) => kind)).toEqual(skipped);
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBeUndefined();

    await confirm(plane, asked, bo);
    await plane.clock.advance(10 * minuteMs);
    expect(await runs(plane, 'prod')).toBe(plane.version);
    const after = await plane.control.promotion(plane.project, asked.id);
    expect(after.emergency?.passedOver?.map(({ kind }) => kind)).toEqual(skipped);
    expect(after.emergency?.confirmed?.by).toMatchObject({ id: bo });
    const [started] = await told(plane, 'promotion.started');
    const events = await told(plane, 'promotion.emergency-asked');
    expect(events).toHaveLength(1);
    expect(events[0]?.message).toContain('as an emergency: nobody can sign in');
    expect(await told(plane, 'promotion.emergency-confirmed')).toHaveLength(1);
    expect(started?.message).toContain('as an emergency');
    expect(started?.payload?.['emergency']).toMatchObject({
      confirmed: { by: { id: bo } },
      passedOver: skipped.map((kind) => ({ kind })),
    });
  });

  it('is confirmed by another human being, who may: not by who asked, not by acting as somebody, not by a token', async () => {
    const plane = await burning();
    const asked = await cry(plane, ada);
    const actingAs: Caller = {
      actor: { kind: 'person', id: bo as never, actingFrom: ada as never },
      scopes: 'all',
      person: bo as never,
    };
    const askedOf = async (by: Caller) => (await plane.control.board(plane.project, by)).asked;
    expect(await askedOf(plane.as(bo))).toEqual([asked.id]);
    expect(await askedOf(actingAs)).toEqual([]);
    await expect(confirm(plane, asked, ada)).rejects.toMatchObject({ code: 'emergency-same-person' });
    await expect(confirm(plane, asked, actingAs)).rejects.toMatchObject({ code: 'emergency-same-person' });
    await expect(confirm(plane, asked, cy)).rejects.toMatchObject({ code: 'emergency-role-missing' });
    await expect(confirm(plane, asked, token)).rejects.toMatchObject({ code: 'person-needed' });
    expect(asked.admission.blockers[0]?.liftedBy).toMatchObject({ members: [bo] });
  });

  it('is asked for by a person of the named roles, with a reason, where the step declares one', async () => {
    const plane = await burning();
    await expect(cry(plane, ada, { reason: ' ' })).rejects.toMatchObject({
      code: 'emergency-reason-missing',
    });
    expect(await blockersOf(cry(plane, cy))).toEqual(['emergency']);
    expect(await blockersOf(cry(plane, ada, { to: 'sit' }))).toEqual(['emergency']);
    await expect(cry(plane, ada, { release: '9.9.9' })).rejects.toMatchObject({ code: 'release-unknown' });
    const byToken = plane.control.requestPromotion(
      plane.project,
      { release: plane.version, to: 'prod', emergency: true, reason: 'x' },
      token,
    );
    await expect(byToken).rejects.toMatchObject({ code: 'person-needed' });
  });

  it('expires when nobody confirms it within the hour, says so, and can be confirmed no more', async () => {
    const plane = await burning();
    const asked = await cry(plane, ada);
    await plane.clock.advance(hourMs);
    const after = await plane.control.promotion(plane.project, asked.id);
    expect(after.state).toMatchObject({ phase: 'withdrawn', by: { kind: 'automation' } });
    expect(await told(plane, 'promotion.emergency-expired')).toHaveLength(1);
    await expect(confirm(plane, asked, bo)).rejects.toMatchObject({ code: 'promotion-not-waiting' });
  });

  it('is nothing one says yes to by mistake, nor is an ordinary promotion confirmed as one', async () => {
    const plane = await burning();
    const { control, project } = plane;
    const asked = await cry(plane, ada);
    const ordinary = control.approve(project, asked.id, { planHash: asked.plan.hash }, plane.as(bo));
    await expect(ordinary).rejects.toMatchObject({ code: 'emergency-unsaid' });
    const calm = await control.requestPromotion(
      project,
      { release: plane.version, to: 'sit' },
      plane.as(ada),
    );
    await expect(confirm(plane, calm, bo)).rejects.toMatchObject({ code: 'emergency-not-asked' });
  });

  it('counts no second person who lost the role before it starts', async () => {
    const plane = await burning();
    const asked = await cry(plane, ada);
    await plane.stop();
    await confirm(plane, asked, bo);
    await accept(
      plane,
      emergencyYaml.replace(
        `devops-lead: { members: [${bo}, ${ada}] }`,
        `devops-lead: { members: [${ada}] }`,
      ),
    );
    await plane.restart();
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBeUndefined();
    const { admission } = await plane.control.promotion(plane.project, asked.id);
    expect(admission.blockers).toMatchObject([{ kind: 'emergency', liftedBy: { members: [] } }]);
  });

  it('is told as a deviation of the change request that it carried out (REL-7)', async () => {
    const plane = await burning();
    const now = plane.clock.now();
    const change = await plane.control.createChangeRequest(
      plane.project,
      {
        release: plane.version,
        to: 'prod',
        reference: null,
        type: 'emergency',
        risk: 'high',
        window: { from: now, to: instant(now + hourMs) },
        rollbackMinutes: 5,
        testing: 'by hand',
        communication: '#deployments',
        description: '',
      },
      plane.as(bo),
    );
    await confirm(plane, await cry(plane, ada), bo);
    await plane.clock.advance(hourMs);
    const { state } = await plane.control.changeRequest(plane.project, change.id);
    expect(state).toMatchObject({
      phase: 'closed',
      outcome: 'implemented',
      deviations: [
        { kind: 'not approved' },
        {
          kind: 'emergency',
          says: `${ada} and ${bo} let it in as an emergency, past order, soak, bugs, approvals and window: nobody can sign in.`,
        },
      ],
    });
  });

  it('never makes two changes at once, and goes through canary and judge as everything does', async () => {
    const plane = await established({ perSecond: 100, errors: { '1.0.1': 0.08 } });
    const first = await cry(plane, ada);
    await confirm(plane, first, bo);
    await plane.clock.advance(minuteMs);
    expect((await liveIn(plane)).wantedPercent).toBe(10);
    const next = await plane.release('fix: the fix', { web: 'web 3' });
    const second = await cry({ ...plane, version: next }, ada);
    expect(second.admission.blockers.map(({ kind }) => kind)).toEqual(['emergency', 'one at a time']);
    await plane.clock.advance(10 * minuteMs);
    expect((await plane.control.promotion(plane.project, first.id)).state.phase).toBe('rolled back');
    expect(await runs(plane, 'prod')).not.toBe(plane.version);
    expect(await blockersOf(cry(plane, ada))).toContain('marked');
  });

  it('serves nothing whose smoke tests fail, whoever confirmed it', async () => {
    const plane = await openPlane(emergencyYaml);
    for (const environment of ['dev', 'sit']) simulateAgent(plane, environment);
    const version = await plane.release('fix: let people sign in', { web: 'web 1' });
    simulateAgent(plane, 'prod', { perSecond: 100 }, new Set([version]));
    const asked = await cry({ ...plane, version }, ada);
    await confirm(plane, asked, bo);
    await plane.clock.advance(10 * minuteMs);
    expect(await runs(plane, 'prod')).toBeUndefined();
    expect((await plane.control.promotion(plane.project, asked.id)).state.phase).toBe('rolled back');
  });

  it('takes the place of a rollout that is only watched, and leaves what waits where it is', async () => {
    const plane = await established();
    const first = await cry(plane, ada);
    await confirm(plane, first, bo);
    await plane.clock.advance(15 * minuteMs);
    expect((await liveIn(plane)).state.phase).toBe('watching');
    const next = await plane.release('fix: more', { web: 'web 3' });
    await plane.clock.advance(minuteMs);
    const second = await cry({ ...plane, version: next }, bo);
    await confirm(plane, second, ada);
    await plane.clock.advance(minuteMs);
    expect((await liveIn(plane)).version).toBe(next);
    expect((await plane.control.promotion(plane.project, second.id)).state.phase).toBe('running');
  });

  it('begins from what it takes the place of: the plan that was confirmed is the plan that starts', async () => {
    const plane = await established();
    await confirm(plane, await cry(plane, ada), bo);
    await plane.clock.advance(minuteMs);
    const next = await plane.release('fix: more', { web: 'web 3' });
    const early = await cry({ ...plane, version: next }, bo);
    expect(early.plan.changes).toMatchObject([{ from: { version: '1.0.0' } }]);
    await confirm(plane, early, ada);

    await plane.clock.advance(15 * minuteMs);
    expect((await liveIn(plane)).state.phase).toBe('watching');
    const late = await plane.control.promotion(plane.project, early.id);
    expect(late.plan.changes).toMatchObject([{ from: { version: plane.version } }]);
    expect(late.admission.blockers).toMatchObject([
      { kind: 'emergency', reason: `${ada} confirmed another plan: what serves in prod has changed since.` },
    ]);
    await confirm(plane, late, ada);
    await plane.clock.advance(minuteMs);
    const started = await plane.control.promotion(plane.project, early.id);
    expect(started.state.phase).toBe('running');
    expect(started.plan.hash).toBe(late.plan.hash);
  });
});
