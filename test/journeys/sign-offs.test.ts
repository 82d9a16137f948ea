import { describe, expect, it } from 'vitest';
import type { GateAnswer } from '../../src/domain/gate.ts';
import type { SayEvidence } from '../../src/lifecycle/face.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { hourMs, minuteMs, runs } from './ladder.kit.ts';

const yaml = `
rung: 1
project: access
roles:
  product-owner: { members: [ada@example.org, eve@example.org], contact: "#product" }
  developer: { members: [bo@example.org, dot@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  sit: { tier: staging, source: develop, deploy: on-merge }
  prod: { tier: production }
pipelines:
  main:
    - environment: sit
    - environment: prod
      gates:
        - { uat: [product-owner] }
        - { checklist: { name: go-live, items: [On-call engineer assigned, Stakeholders told], from: [developer] } }
        - { rollback-plan: [product-owner] }
`;

const [ada, bo, dot, eve] = ['ada', 'bo', 'dot', 'eve'].map((name) => `${name}@example.org`) as [
  string,
  string,
  string,
  string,
];

type On = Plane & { readonly version: string };

async function stage(): Promise<On> {
  const plane = await openPlane(yaml);
  simulateAgent(plane, 'sit');
  simulateAgent(plane, 'prod');
  const version = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  return { ...plane, version };
}

async function gate(plane: On, kind: GateAnswer['kind']): Promise<GateAnswer> {
  const { admission } = await plane.control.why(plane.project, plane.version, 'prod', plane.as(bo));
  const answer = admission.gates.find((one) => one.kind === kind);
  if (answer === undefined) throw new Error(`the step has no gate ${kind}`);
  return answer;
}

/** A moment later than whatever was said before, so that the later word is the later one. */
async function say(plane: On, by: string, facts: SayEvidence['facts'], more: Partial<SayEvidence> = {}) {
  await plane.clock.advance(1000);
  return plane.control.sayEvidence(plane.project, { release: plane.version, facts, ...more }, plane.as(by));
}

const uat = (plane: On, by: string, verdict: 'accepted' | 'rejected', passed = verdict === 'accepted') =>
  say(
    plane,
    by,
    { kind: 'uat', verdict, testers: [by], scenarios: [{ title: 'Pay', passed, note: '' }], note: '' },
    { environment: 'sit' },
  );

const tick = (plane: On, by: string, item: string, done = true, name = 'go-live') =>
  say(plane, by, { kind: 'checklist', items: [{ item, done, note: '' }] }, { name });

const write = (plane: On, by: string, steps = 'rung rollback prod') =>
  say(plane, by, { kind: 'rollback-plan', steps, minutes: 5, dataStaysReadable: true });

const read = (plane: On, by: string, plan: string) =>
  plane.control.readRollbackPlan(plane.project, { release: plane.version, plan }, plane.as(by));

describe('a sign-off of users (REL-2)', () => {
  it('opens its gate by one of those who may alone, and nobody else can silence them', async () => {
    const plane = await stage();
    expect(await gate(plane, 'uat')).toMatchObject({ state: 'missing', evidence: [] });
    await uat(plane, bo, 'accepted');
    expect(await gate(plane, 'uat')).toMatchObject({
      state: 'missing',
      says: 'Nobody who may has accepted 1.0.0 in sit yet.',
    });
    await uat(plane, ada, 'accepted');
    expect(await gate(plane, 'uat')).toMatchObject({ state: 'passed' });
    await uat(plane, bo, 'rejected');
    expect(await gate(plane, 'uat')).toMatchObject({ state: 'passed' });
    await uat(plane, eve, 'rejected');
    expect(await gate(plane, 'uat')).toMatchObject({
      state: 'failed',
      says: `${eve} rejected 1.0.0 in sit.`,
    });
  });

  it('does not contradict itself, and says where it was tried', async () => {
    const plane = await stage();
    await expect(uat(plane, ada, 'accepted', false)).rejects.toMatchObject({
      code: 'uat-contradicts-itself',
    });
    const facts = { kind: 'uat', verdict: 'accepted', testers: [], scenarios: [], note: '' } as const;
    await expect(say(plane, ada, facts)).rejects.toMatchObject({ code: 'uat-nowhere' });
  });
});

describe('a checklist (REL-2)', () => {
  it('opens when every item is ticked off by those who may, and shows how each stands', async () => {
    const plane = await stage();
    expect((await gate(plane, 'checklist')).items).toMatchObject([
      { item: 'On-call engineer assigned', done: false, by: null },
      { item: 'Stakeholders told', done: false, by: null },
    ]);
    await tick(plane, bo, 'On-call engineer assigned');
    await tick(plane, ada, 'Stakeholders told');
    expect(await gate(plane, 'checklist')).toMatchObject({
      state: 'failed',
      items: [
        { done: true, by: { id: bo } },
        { done: false, by: null },
      ],
    });
    await tick(plane, dot, 'Stakeholders told');
    expect(await gate(plane, 'checklist')).toMatchObject({ state: 'passed' });
    await tick(plane, dot, 'On-call engineer assigned', false);
    expect(await gate(plane, 'checklist')).toMatchObject({
      state: 'failed',
      items: [{ done: false, by: { id: dot } }, { done: true }],
    });
  });

  it('refuses an item or a list that nobody asks for, and names the one that was meant', async () => {
    const plane = await stage();
    await expect(tick(plane, bo, 'On-call enginer assigned')).rejects.toMatchObject({
      code: 'checklist-item-unknown',
      problems: [{ message: expect.stringContaining('Did you mean "On-call engineer assigned"?') as string }],
    });
    await expect(tick(plane, bo, 'x', true, 'golive')).rejects.toMatchObject({ code: 'checklist-unknown' });
  });
});

describe('a rollback plan (REL-2)', () => {
  it('has to be read by another than its writer, each in their own name', async () => {
    const plane = await stage();
    expect(await gate(plane, 'rollback-plan')).toMatchObject({ state: 'missing' });
    const { id } = await write(plane, ada);
    expect(await gate(plane, 'rollback-plan')).toMatchObject({
      state: 'missing',
      says: `${ada} wrote a rollback plan, and nobody else who has to has read it yet.`,
    });
    await expect(read(plane, ada, id)).rejects.toMatchObject({ code: 'rollback-plan-read-by-writer' });
    await read(plane, bo, id);
    expect(await gate(plane, 'rollback-plan')).toMatchObject({ state: 'missing' });
    await plane.clock.advance(1000);
    const last = await read(plane, eve, id);
    expect(last.facts).toMatchObject({ writtenBy: ada, reviewedBy: [bo, eve] });
    expect(await gate(plane, 'rollback-plan')).toMatchObject({ state: 'passed' });
  });

  it('takes no word for who wrote or read it', async () => {
    const plane = await stage();
    const forged = {
      kind: 'rollback-plan',
      steps: 'x',
      minutes: 5,
      dataStaysReadable: true,
      writtenBy: dot,
      reviewedBy: [eve],
    } as const;
    const { facts } = await say(plane, bo, forged);
    expect(facts).toMatchObject({ writtenBy: bo, reviewedBy: [] });
  });

  it('has to be read again when it was written anew, also by who was about to say that they read it', async () => {
    const plane = await stage();
    const first = await write(plane, bo);
    await read(plane, ada, first.id);
    expect(await gate(plane, 'rollback-plan')).toMatchObject({ state: 'passed' });
    const second = await write(plane, bo, 'rung rollback prod, then look at the orders');
    expect(await gate(plane, 'rollback-plan')).toMatchObject({ state: 'missing' });
    await expect(read(plane, eve, first.id)).rejects.toMatchObject({ code: 'rollback-plan-changed' });
    await read(plane, eve, second.id);
    expect(await gate(plane, 'rollback-plan')).toMatchObject({ state: 'passed' });
  });

  it('counts both of two who read it at once', async () => {
    const plane = await stage();
    const { id } = await write(plane, bo);
    await Promise.all([read(plane, ada, id), read(plane, eve, id)]);
    expect((await gate(plane, 'rollback-plan')).says).toMatch(
      /ada@.* and eve@.* read it|eve@.* and ada@.* read it/u,
    );
  });

  it('tries the way back: none at the first release, then what serves now', async () => {
    const plane = await stage();
    const open = async (on: On): Promise<void> => {
      await read(on, eve, (await write(on, bo)).id);
      await uat(on, ada, 'accepted');
      for (const item of ['On-call engineer assigned', 'Stakeholders told']) await tick(on, bo, item);
    };
    await open(plane);
    expect((await gate(plane, 'rollback-plan')).says).toContain('Nothing runs in prod yet');
    await plane.control.requestPromotion(plane.project, { release: plane.version, to: 'prod' }, plane.as(bo));
    await plane.clock.advance(hourMs);
    expect(await runs(plane, 'prod')).toBe(plane.version);
    const next = { ...plane, version: await plane.release('feat: more', { web: 'web 2' }) };
    await plane.clock.advance(minuteMs);
    await open(next);
    expect((await gate(next, 'rollback-plan')).says).toContain('Back to 1.0.0: web.');
  });
});
