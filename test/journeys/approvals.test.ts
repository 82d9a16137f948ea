import { describe, expect, it } from 'vitest';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import type { PromotionView } from '../../src/lifecycle/views.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { later } from '../../src/domain/ids.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { hourMs, minuteMs, runs } from './ladder.kit.ts';

const [ada, bo, cy, dot, fay] = ['ada', 'bo', 'cy', 'dot', 'fay'].map((name) => `${name}@example.org`) as [
  string,
  string,
  string,
  string,
  string,
];

const yaml = `
rung: 1
project: access
roles:
  lead: { members: [${ada}], contact: "#leads", on-call: "+44 20 7946 0000", availability: "weekdays 9 to 17" }
  qa: { members: [${cy}, ${fay}] }
  support: { members: [${bo}, ${dot}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      approvals: { count: 2, from: [lead, qa], expire: 24h }
`;

interface Asked extends Plane {
  readonly version: string;
  readonly promotion: PromotionView;
}

async function asked(): Promise<Asked> {
  const plane = await openPlane(yaml);
  for (const environment of ['dev', 'prod']) simulateAgent(plane, environment);
  const version = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  const promotion = await plane.control.requestPromotion(
    plane.project,
    { release: version, to: 'prod' },
    plane.as(dot),
  );
  return { ...plane, version, promotion };
}

const approve = async (plane: Asked, person: string): Promise<PromotionView> =>
  plane.control.approve(
    plane.project,
    plane.promotion.id,
    { planHash: plane.promotion.plan.hash },
    plane.as(person),
  );

const standIn = (plane: Plane, by: string, to: string, more: object = {}) =>
  plane.control.delegate(
    plane.project,
    { to, until: later(plane.clock.now(), 48 * hourMs), reason: 'on holiday', ...more },
    plane.as(by),
  );

const now = (plane: Asked) => plane.control.promotion(plane.project, plane.promotion.id);

const told = async ({ control, project }: Plane, kind: string) =>
  (await control.log(project, { limit: 100 })).items.filter((one) => one.kind === kind);

describe('somebody who is away (REL-3)', () => {
  it('is stood in for: the approval counts for the role and names both', async () => {
    const plane = await asked();
    await expect(approve(plane, bo)).rejects.toMatchObject({ code: 'approval-role-missing' });
    await standIn(plane, ada, bo);
    const { admission } = await now(plane);
    expect(admission.blockers[0]?.liftedBy).toMatchObject({ members: [ada, cy, fay, bo] });
    expect(admission.blockers[0]?.wayOut).toContain(`${bo} stands in for ${ada}`);
    const { approvals } = await approve(plane, bo);
    expect(approvals).toMatchObject([{ by: bo, standingInFor: ada, roles: ['lead'] }]);
    expect((await told(plane, 'promotion.approved'))[0]?.message).toContain(`standing in for ${ada}`);
    await approve(plane, cy);
    await plane.clock.advance(5 * minuteMs);
    expect(await runs(plane, 'prod')).toBe(plane.version);
  });

  it('never makes two people of one: neither both of them, nor two who stand in for one', async () => {
    const plane = await asked();
    await standIn(plane, ada, bo);
    await approve(plane, bo);
    await approve(plane, ada);
    await plane.clock.advance(5 * minuteMs);
    expect(await runs(plane, 'prod')).toBeUndefined();
    expect((await now(plane)).admission.blockers[0]?.liftedBy).toMatchObject({ members: [cy, fay] });
  });

  it('never is who asked, be it through somebody else', async () => {
    const plane = await asked();
    const own = { ...plane, promotion: plane.promotion };
    await plane.control.withdraw(plane.project, plane.promotion.id, plane.as(dot));
    const promotion = await plane.control.requestPromotion(
      plane.project,
      { release: plane.version, to: 'prod' },
      plane.as(ada),
    );
    await standIn(plane, ada, bo);
    await expect(approve({ ...own, promotion }, bo)).rejects.toMatchObject({ code: 'approval-role-missing' });
  });

  it('hands on only roles of their own, to a member, for 60 days at most, with every problem at once', async () => {
    const plane = await asked();
    await standIn(plane, ada, bo);
    await expect(standIn(plane, bo, dot, { roles: ['lead'] })).rejects.toMatchObject({
      code: 'delegation-invalid',
    });
    await expect(
      standIn(plane, ada, 'eve@example.org', { until: later(plane.clock.now(), 61 * 24 * hourMs) }),
    ).rejects.toMatchObject({
      problems: [
        { message: 'eve@example.org has no role in this project.' },
        { message: 'It would last longer than 60 days.' },
      ],
    });
    await expect(standIn(plane, ada, ada, { until: plane.clock.now() })).rejects.toMatchObject({
      problems: [{}, {}],
    });
  });

  it('can end it, as can who stands in, and nobody else; what was approved by it is void', async () => {
    const plane = await asked();
    const { id } = await standIn(plane, ada, bo);
    await approve(plane, bo);
    const revoke = async (by: string) =>
      plane.control.revokeDelegation(plane.project, id, { reason: 'back early' }, plane.as(by));
    await expect(revoke(cy)).rejects.toMatchObject({ code: 'delegation-foreign' });
    await revoke(bo);
    await expect(revoke(ada)).rejects.toMatchObject({ code: 'delegation-over' });
    expect((await now(plane)).approvals[0]?.void).toBe(`${bo} does not stand in for ${ada} any more.`);
    await approve(plane, cy);
    await plane.clock.advance(5 * minuteMs);
    expect(await runs(plane, 'prod')).toBeUndefined();
  });

  it('is stood in for until it is over, and no longer', async () => {
    const plane = await asked();
    await standIn(plane, ada, bo, { until: later(plane.clock.now(), hourMs) });
    await plane.clock.advance(hourMs);
    await expect(approve(plane, bo)).rejects.toMatchObject({ code: 'approval-role-missing' });
  });
});

describe('an approval (REL-3)', () => {
  it('expires after 24 hours, is told once, and is asked for again', async () => {
    const plane = await asked();
    await approve(plane, ada);
    await plane.clock.advance(24 * hourMs);
    expect((await now(plane)).approvals).toMatchObject([{ by: ada, void: 'It has expired.' }]);
    await plane.clock.advance(hourMs);
    const [expired, ...more] = await told(plane, 'promotion.approval-expired');
    expect(more).toEqual([]);
    expect(expired?.payload).toMatchObject({ expired: [ada], missing: [{ members: [ada, cy, fay] }] });

    const again = await plane.control.remind(plane.project, plane.promotion.id, plane.as(dot));
    expect(again.approvals).toEqual([]);
    const [reminder] = await told(plane, 'promotion.asked-again');
    expect(reminder?.payload).toMatchObject({ missing: [{ members: [ada, cy, fay] }] });
    await approve(plane, ada);
    await approve(plane, cy);
    await plane.clock.advance(5 * minuteMs);
    expect(await runs(plane, 'prod')).toBe(plane.version);
  });

  it('does not count when whoever gave it lost the role before the promotion starts', async () => {
    const plane = await asked();
    await approve(plane, cy);
    const without = yaml.replace(`qa: { members: [${cy}, ${fay}] }`, `qa: { members: [${fay}] }`);
    await declareProject(plane.parts, {
      ...parseProjectFile(new TextEncoder().encode(without), 'rung.yaml'),
      branch: 'main',
      keys: {},
      by: { kind: 'automation', rule: 'test' },
    });
    await approve(plane, ada);
    await plane.clock.advance(5 * minuteMs);
    expect(await runs(plane, 'prod')).toBeUndefined();
    const { approvals, admission } = await now(plane);
    expect(approvals.map((one) => one.void)).toEqual([`${cy} has none of the roles any more.`, undefined]);
    expect(admission.blockers[0]?.liftedBy).toMatchObject({ members: [fay] });
  });

  it('shows who is missing, with where and when to reach them (REL-16)', async () => {
    const { promotion, ...plane } = await asked();
    expect(promotion.admission.blockers[0]?.liftedBy).toMatchObject({
      members: [ada, cy, fay],
      contacts: ['#leads, on call: +44 20 7946 0000 (weekdays 9 to 17)'],
    });
    const [requested] = await told(plane, 'promotion.requested');
    expect(requested?.payload?.['missing']).toMatchObject([
      { members: [ada, cy, fay], contacts: ['#leads, on call: +44 20 7946 0000 (weekdays 9 to 17)'] },
    ]);
  });
});
