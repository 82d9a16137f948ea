import { describe, expect, it } from 'vitest';
import type { EnvironmentCalendarView } from '../../src/domain/calendar/calendar-view.ts';
import { moment } from '../../src/domain/calendar/calendar.kit.ts';
import { type Instant, instant, later } from '../../src/domain/ids.ts';
import type { PromotionView } from '../../src/lifecycle/views.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { hourMs, minuteMs, runs } from './ladder.kit.ts';

const dayMs = 24 * hourMs;
const [ada, bo, cy] = ['ada@example.org', 'bo@example.org', 'cy@example.org'] as const;

const yaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [${ada}, ${bo}], contact: "#leads" }
  qa-lead: { members: [${cy}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  prod: { tier: production, windows: ["Wed 09:00-10:00 UTC"] }
  spare: { tier: testing }
  lab: { tier: testing, windows: ["Wed 09:00-10:00 UTC"] }
  dev: { tier: development, source: develop, deploy: on-merge }
pipelines:
  aside:
    - environment: lab
  main:
    - environment: dev
    - environment: prod
      gates: [{ soak: 2d }, { change-request: [engineering-lead] }]
      approvals: { count: 2, from: [engineering-lead, qa-lead], expire: 36h }
      waive: [engineering-lead]
      emergency: { from: [engineering-lead], second: [engineering-lead] }
`;

const monday = moment('2026-03-30T08:00Z');

/** On a Monday morning. A release came into dev one minute ago. */
async function opened(): Promise<Plane & { readonly version: string }> {
  const plane = await openPlane(yaml, 1, { beginsAt: monday });
  simulateAgent(plane, 'dev');
  simulateAgent(plane, 'prod');
  const version = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  return { ...plane, version };
}

type Shown = { readonly from?: Instant; readonly to?: Instant };

const calendar = ({ control, project }: Plane, shown: Shown = {}) => control.calendar(project, shown);

async function calendarIn(plane: Plane, name: string, shown?: Shown): Promise<EnvironmentCalendarView> {
  const { environments } = await calendar(plane, shown);
  const found = environments.find(({ environment }) => environment === name);
  if (found === undefined) throw new Error(`${name} has no calendar`);
  return found;
}

const ask = (plane: Plane, release: string, to = 'prod'): Promise<PromotionView> =>
  plane.control.requestPromotion(plane.project, { release, to }, plane.as(ada));

const approve = (plane: Plane, { id, plan }: PromotionView, who: string): Promise<PromotionView> =>
  plane.control.approve(plane.project, id, { planHash: plan.hash }, plane.as(who));

/** At once, as an emergency. */
async function putIn(plane: Plane, release: string): Promise<void> {
  await plane.clock.advance(minuteMs);
  const cry = { release, to: 'prod', emergency: true, reason: 'nobody can sign in' };
  const { id, plan } = await plane.control.requestPromotion(plane.project, cry, plane.as(ada));
  const yes = { planHash: plan.hash, emergency: true };
  await plane.control.approve(plane.project, id, yes, plane.as(bo));
  await plane.clock.advance(minuteMs);
  expect(await runs(plane, 'prod')).toBe(release);
}

/** A change request for a release, for a window from so long from now. */
async function change(plane: Plane, release: string, fromMs: number) {
  const from = later(plane.clock.now(), fromMs);
  const form = {
    release,
    to: 'prod',
    reference: null,
    type: 'normal',
    risk: 'low',
    window: { from, to: later(from, dayMs) },
    rollbackMinutes: 5,
    testing: 'a look at it',
    communication: '',
    description: '',
  } as const;
  return plane.control.createChangeRequest(plane.project, form, plane.as(ada));
}

describe('the calendar of a project', () => {
  it('shows every environment, in the order of the pipelines, and then those that are in none', async () => {
    const plane = await opened();
    const { environments } = await calendar(plane);
    expect(environments.map(({ environment }) => environment)).toEqual(['lab', 'dev', 'prod', 'spare']);
    expect((await calendarIn(plane, 'prod')).windows).toEqual(['Wed 09:00-10:00 UTC']);
    expect((await calendarIn(plane, 'spare')).open).toBe(true);
  });

  it('reaches from yesterday over thirty days, and from where it is told to over thirty days, too', async () => {
    const plane = await opened();
    const now = plane.clock.now();
    expect(await calendar(plane)).toMatchObject({ now, from: now - dayMs, to: now + 29 * dayMs });
    const from = later(now, 7 * dayMs);
    expect(await calendar(plane, { from })).toMatchObject({ from, to: now + 37 * dayMs });
    const to = later(now, 60 * dayMs);
    expect(await calendar(plane, { to })).toMatchObject({ from: now - dayMs, to });
  });

  it('is of a hundred days at most, and ends after it begins', async () => {
    const plane = await opened();
    const from = plane.clock.now();
    const until = (ms: number) => calendar(plane, { from, to: later(from, ms) });
    expect((await until(100 * dayMs)).to).toBe(from + 100 * dayMs);
    await expect(until(100 * dayMs + 1)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'calendar-range',
      message: 'That is more than can be shown at once.',
    });
    for (const ms of [0, -dayMs])
      await expect(until(ms)).rejects.toMatchObject({
        code: 'calendar-range',
        message: 'The calendar would end before it starts.',
      });
  });

  it('names who may open an environment at a closed time, and which exceptions there are', async () => {
    const plane = await opened();
    expect((await calendarIn(plane, 'prod')).mayExcept).toMatchObject({
      members: [ada, bo],
      contacts: ['#leads'],
    });
    expect((await calendarIn(plane, 'dev')).mayExcept.members).toEqual([]);
    const to = later(plane.clock.now(), hourMs);
    const wanted = { environment: 'prod', to, reason: 'a leak is closed' };
    await plane.control.makeException(plane.project, wanted, plane.as(ada));
    expect(await calendarIn(plane, 'prod')).toMatchObject({ open: true, exceptions: [{ by: ada, to }] });
    expect((await calendarIn(plane, 'lab')).exceptions).toEqual([]);
  });
});

describe('what ends in the calendar', () => {
  it('has the end of a soak before anybody asked, once and no more when somebody has', async () => {
    const plane = await opened();
    const { release } = await plane.control.environment(plane.project, 'dev');
    const soak = { release: plane.version, soaksIn: 'dev', endsAt: (release?.since ?? 0) + 2 * dayMs };
    expect((await calendarIn(plane, 'prod')).soaks).toEqual([soak]);
    await ask(plane, plane.version);
    expect((await calendarIn(plane, 'prod')).soaks).toEqual([soak]);
    const others = await Promise.all(['dev', 'lab', 'spare'].map((name) => calendarIn(plane, name)));
    expect(others.flatMap(({ soaks }) => soaks)).toEqual([]);
    await plane.clock.advance(2 * dayMs);
    expect((await calendarIn(plane, 'prod')).soaks).toEqual([]);
  });

  it('has no soak of what waits and does not run below any more; that of what came after it', async () => {
    const plane = await opened();
    await ask(plane, plane.version);
    const second = await plane.release('feat: more', { web: 'web 2' });
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'dev')).toBe(second);
    expect((await calendarIn(plane, 'prod')).soaks.map(({ release }) => release)).toEqual([second]);
  });

  it('has nothing that ends where a promotion waits for a window alone', async () => {
    const plane = await opened();
    const { admission } = await ask(plane, plane.version, 'lab');
    expect(admission.blockers.map(({ kind }) => kind)).toEqual(['window']);
    expect(await calendarIn(plane, 'lab')).toMatchObject({ soaks: [], approvals: [] });
  });

  it('has no soak where nothing runs in the rung below', async () => {
    const plane = await openPlane(yaml, 1, { beginsAt: monday });
    expect((await calendarIn(plane, 'prod')).soaks).toEqual([]);
  });

  it('has no soak of what is in the environment already, as an emergency', async () => {
    const plane = await opened();
    await putIn(plane, plane.version);
    expect((await calendarIn(plane, 'prod')).soaks).toEqual([]);
  });

  it('has the end of each approval, until the moment at which it is void', async () => {
    const plane = await opened();
    const waiting = await ask(plane, plane.version);
    await approve(plane, waiting, bo);
    const approvedAt = plane.clock.now();
    await plane.clock.advance(hourMs);
    await approve(plane, waiting, cy);
    const ofBo = {
      release: plane.version,
      promotion: waiting.id,
      by: bo,
      endsAt: instant(approvedAt + 36 * hourMs),
    };
    const ofCy = { ...ofBo, by: cy, endsAt: later(ofBo.endsAt, hourMs) };
    const shown = async () => (await calendarIn(plane, 'prod')).approvals;
    expect(await shown()).toEqual([ofBo, ofCy]);
    expect((await calendarIn(plane, 'dev')).approvals).toEqual([]);
    await plane.clock.advance(ofBo.endsAt - plane.clock.now() - 1);
    expect(await shown()).toEqual([ofBo, ofCy]);
    await plane.clock.advance(1);
    expect(await shown()).toEqual([ofCy]);
  });

  it.each([
    ['ask for none any more', yaml.replace(/ *approvals: .*\n/u, '')],
    ['gave the role to somebody else', yaml.replace(bo, 'eve@example.org')],
  ])('has no approval where the rules meanwhile %s', async (_, text) => {
    const plane = await opened();
    const { control, project } = plane;
    await approve(plane, await ask(plane, plane.version), bo);
    await control.applyRules(project, { text }, plane.as(ada));
    const { proposal } = await control.rulesInForce(project, 'prod');
    for (const who of [bo, cy])
      await control.approveRules(project, 'prod', { hash: proposal?.hash ?? '' }, plane.as(who));
    expect((await control.rulesInForce(project, 'prod')).proposal).toBeNull();
    expect((await calendarIn(plane, 'prod')).approvals).toEqual([]);
  });

  it('has no approval of a plan that has changed since', async () => {
    const plane = await opened();
    await putIn(plane, plane.version);
    await putIn(plane, await plane.release('feat: more', { web: 'web 2' }));
    const third = await plane.release('feat: even more', { web: 'web 3' });
    await plane.clock.advance(minuteMs);
    await approve(plane, await ask(plane, third), bo);
    const shown = async () =>
      (await calendarIn(plane, 'prod')).approvals.map(({ release, by }) => [release, by]);
    expect(await shown()).toEqual([[third, bo]]);
    const back = { environment: 'prod', to: plane.version, reason: 'it is slow' };
    await plane.control.requestRollback(plane.project, back, plane.as(ada));
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe(plane.version);
    expect(await shown()).toEqual([]);
  });

  it('has the windows of change requests into the environment that are not over (REL-7)', async () => {
    const plane = await opened();
    const { id, seen, form } = await change(plane, plane.version, dayMs);
    const shown = { id, release: plane.version, ...form.window };
    const changes = async (name = 'prod') => (await calendarIn(plane, name)).changes;
    expect(await changes()).toEqual([{ ...shown, state: 'open' }]);
    await plane.control.approveChangeRequest(plane.project, id, { seen }, plane.as(bo));
    expect(await changes()).toEqual([{ ...shown, state: 'approved' }]);
    expect(await changes('dev')).toEqual([]);
    const other = await change(plane, await plane.release('feat: more', { web: 'web 2' }), 2 * dayMs);
    expect((await changes()).map((one) => one.id)).toContain(other.id);
    const no = { seen: other.seen, reason: 'not now' };
    await plane.control.rejectChangeRequest(plane.project, other.id, no, plane.as(bo));
    expect((await changes()).map((one) => one.id)).toEqual([id]);
  });
});
