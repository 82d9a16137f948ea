import { describe, expect, it } from 'vitest';
import { moment } from '../../src/domain/calendar/calendar.kit.ts';
import type { PromotionView } from '../../src/lifecycle/views.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { openPlane } from '../kit/plane.ts';
import { hourMs, minuteMs, runs } from './ladder.kit.ts';

const yaml = (more = ''): string => `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org], contact: "#leads" }
  qa-lead: { members: [cy@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod:
    tier: production
    windows: ["Tue-Thu 09:00-16:00 Europe/London"]
pipelines:
  main:
    - environment: dev
    - environment: prod
      approvals: { count: 1, from: [qa-lead], expire: 24h }
      waive: [engineering-lead]
${more}`;

const ada = 'ada@example.org';
const cy = 'cy@example.org';

/** A release that runs in dev, on the Friday evening before the clocks of London are put forward. */
async function friday(more?: string): Promise<Plane & { readonly version: string }> {
  const plane = await openPlane(yaml(more), 1, { beginsAt: moment('2026-03-27T18:00Z') });
  simulateAgent(plane, 'dev');
  simulateAgent(plane, 'prod');
  const version = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  expect(await runs(plane, 'dev')).toBe(version);
  return { ...plane, version };
}
type Friday = Awaited<ReturnType<typeof friday>>;

const ask = (plane: Friday): Promise<PromotionView> =>
  plane.control.requestPromotion(plane.project, { release: plane.version, to: 'prod' }, plane.as(ada));

const approve = (plane: Friday, { id, plan }: PromotionView): Promise<PromotionView> =>
  plane.control.approve(plane.project, id, { planHash: plan.hash }, plane.as(cy));

const blockersOf = async ({ control, project }: Friday, { id }: PromotionView): Promise<readonly string[]> =>
  (await control.promotion(project, id)).admission.blockers.map(({ kind }) => kind);

const until = (plane: Friday, at: string): Promise<void> =>
  plane.clock.advance(moment(at) - plane.clock.now());

const except = (plane: Friday, from: string | undefined, to: string, who = ada) =>
  plane.control.makeException(
    plane.project,
    {
      environment: 'prod',
      to: moment(to),
      reason: 'a leak is closed',
      ...(from !== undefined && { from: moment(from) }),
    },
    plane.as(who),
  );

describe('what is asked for on a Friday evening', () => {
  it('waits until Tuesday 09:00 by the clock in London, which was put forward meanwhile, and starts then', async () => {
    const plane = await friday();
    const waiting = await ask(plane);
    expect(waiting.admission.blockers.at(-1)).toMatchObject({
      kind: 'window',
      reason:
        'prod is open Tue-Thu 09:00-16:00 Europe/London; it opens Tuesday 31 March 09:00 (in 3 d 13 h).',
      earliest: moment('2026-03-31T08:00Z'),
    });
    await until(plane, '2026-03-31T07:30Z');
    await approve(plane, waiting);
    await until(plane, '2026-03-31T07:59:59Z');
    expect((await plane.control.promotion(plane.project, waiting.id)).state.phase).toBe('waiting');
    await until(plane, '2026-03-31T08:01Z');
    expect(await runs(plane, 'prod')).toBe(plane.version);
    const started = (await plane.control.log(plane.project, {})).items.find(
      ({ kind, environment }) => kind === 'promotion.started' && environment === 'prod',
    );
    expect(started?.at).toBe(moment('2026-03-31T08:00Z'));
    expect((await plane.control.promotion(plane.project, waiting.id)).exception).toBe(null);
  });

  it('is asked for again where its approval expires before the window opens', async () => {
    const plane = await friday();
    const waiting = await ask(plane);
    await approve(plane, waiting);
    expect(await blockersOf(plane, waiting)).toEqual(['window']);
    const asked = async (): Promise<readonly string[]> =>
      (await plane.control.board(plane.project, plane.as(cy))).asked;
    expect(await asked()).toEqual([]);
    const { environments } = await plane.control.calendar(plane.project, {});
    expect(environments.find((one) => one.environment === 'prod')?.approvals).toMatchObject([
      { release: plane.version, by: cy, endsAt: plane.clock.now() + 24 * hourMs },
    ]);
    await until(plane, '2026-03-31T08:30Z');
    expect(await blockersOf(plane, waiting)).toEqual(['approvals']);
    expect(await asked()).toEqual([waiting.id]);
    await approve(plane, waiting);
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe(plane.version);
  });

  it('does not start when the clock jumps over the whole window, nor before it when the clock jumps back', async () => {
    const plane = await friday();
    const waiting = await ask(plane);
    await until(plane, '2026-03-31T07:00Z');
    await approve(plane, waiting);
    plane.clock.jump(9.5 * hourMs);
    await plane.clock.advance(2 * hourMs);
    expect(await blockersOf(plane, waiting)).toEqual(['window']);
    plane.clock.jump(moment('2026-03-31T07:50Z') - plane.clock.now());
    await plane.clock.advance(5 * minuteMs);
    expect((await plane.control.promotion(plane.project, waiting.id)).state.phase).toBe('waiting');
  });
});

describe('a freeze of the project', () => {
  const freezes = `freezes:
  - { from: "2026-03-30 00:00", to: "2026-04-01 12:00", zone: Europe/London, reason: The year ends }
`;

  it('beats a window, and what waits starts at its end where a window is open then', async () => {
    const plane = await friday(freezes);
    const waiting = await ask(plane);
    await until(plane, '2026-03-31T09:00Z');
    expect(await blockersOf(plane, waiting)).toEqual(['approvals', 'freeze']);
    await until(plane, '2026-03-31T12:00Z');
    await approve(plane, waiting);
    await until(plane, '2026-04-01T10:59Z');
    expect(await blockersOf(plane, waiting)).toEqual(['freeze']);
    await until(plane, '2026-04-01T11:01Z');
    expect(await runs(plane, 'prod')).toBe(plane.version);
  });

  it('does not keep anybody from going back (REL-10)', async () => {
    const plane = await friday(freezes);
    await approve(plane, await ask(plane));
    await except(plane, undefined, '2026-03-27T20:00Z');
    await plane.clock.advance(minuteMs);
    const next = await plane.release('feat: more', { web: 'web 2' });
    await plane.clock.advance(minuteMs);
    await approve(plane, await ask({ ...plane, version: next }));
    await plane.clock.advance(5 * minuteMs);
    expect(await runs(plane, 'prod')).toBe(next);
    await until(plane, '2026-03-31T09:00Z');
    await plane.control.requestRollback(
      plane.project,
      { environment: 'prod', to: plane.version, reason: 'it is slow' },
      plane.as(ada),
    );
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe(plane.version);
  });
});

describe('an exception by a named person', () => {
  it('beats windows and freezes from its first moment, and stands with the promotion for ever', async () => {
    const plane = await friday(
      'freezes:\n  - { yearly: 03-28, zone: Europe/London, reason: The year ends }\n',
    );
    const waiting = await ask(plane);
    await approve(plane, waiting);
    const made = await except(plane, '2026-03-28T10:00Z', '2026-03-28T12:00Z');
    await until(plane, '2026-03-28T09:59Z');
    expect(await blockersOf(plane, waiting)).toEqual(['freeze']);
    await until(plane, '2026-03-28T10:01Z');
    expect(await runs(plane, 'prod')).toBe(plane.version);
    await until(plane, '2026-04-20T10:00Z');
    const { exception } = await plane.control.promotion(plane.project, waiting.id);
    expect(exception).toEqual({ ...made, by: ada, reason: 'a leak is closed' });
    const kinds = (await plane.control.log(plane.project, {})).items.map(({ kind }) => kind);
    expect(kinds).toContain('exception.made');
  });

  it('opens nothing any more once it is revoked, by whoever could make one', async () => {
    const plane = await friday();
    const waiting = await ask(plane);
    await approve(plane, waiting);
    const { id } = await except(plane, '2026-03-27T20:00Z', '2026-03-27T22:00Z');
    const revoke = (who: string) =>
      plane.control.revokeException(plane.project, id, { reason: 'not needed' }, plane.as(who));
    await expect(revoke(cy)).rejects.toMatchObject({ code: 'exception-role-missing' });
    await revoke(ada);
    await expect(revoke(ada)).rejects.toMatchObject({ code: 'exception-over' });
    await until(plane, '2026-03-27T20:30Z');
    expect(await blockersOf(plane, waiting)).toEqual(['window']);
  });

  it('is denied to whom the step does not name, and refused for a time that makes no sense', async () => {
    const plane = await friday();
    await expect(except(plane, undefined, '2026-03-27T20:00Z', cy)).rejects.toMatchObject({
      kind: 'denied',
      code: 'exception-role-missing',
      wayOut: 'Ask somebody who is engineering-lead.',
    });
    const bad = [
      [undefined, '2026-03-27T17:00Z'],
      ['2026-03-29T10:00Z', '2026-03-29T09:00Z'],
      [undefined, '2026-04-20T10:00Z'],
      ['2028-03-29T10:00Z', '2028-03-29T11:00Z'],
    ] as const;
    for (const [from, to] of bad)
      await expect(except(plane, from, to)).rejects.toMatchObject({
        kind: 'invalid',
        code: 'exception-time',
      });
  });

  it('is denied to everybody where the step names nobody', async () => {
    const plane = await openPlane(yaml().replace('      waive: [engineering-lead]\n', ''));
    const wanted = { environment: 'prod', to: plane.clock.now(), reason: 'a leak' };
    await expect(plane.control.makeException(plane.project, wanted, plane.as(ada))).rejects.toMatchObject({
      kind: 'denied',
      wayOut: 'Nobody may: the step names nobody under `waive`. Wait until it opens.',
    });
  });
});
