import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/ids.ts';
import type { GateAnswer } from '../../src/domain/gate.ts';
import type { AskChange } from '../../src/lifecycle/face.ts';
import type { ChangeRequestView, PromotionView } from '../../src/lifecycle/views.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { type FixedShares, simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { hourMs, minuteMs, runs } from './ladder.kit.ts';

const yaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org, eve@example.org], contact: "#leads" }
  developer: { members: [bo@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      gates: [{ change-request: [engineering-lead] }]
      waive: [engineering-lead]
      rollout:
        canary: [{ percent: 10, for: 5m }, { percent: 100 }]
        watch: 30m
`;

const [ada, bo, eve] = ['ada@example.org', 'bo@example.org', 'eve@example.org'] as const;

/** 1.0.0 serves prod, by a change request of its own; the next release runs in dev. */
async function stage(traffic: FixedShares = { perSecond: 100 }): Promise<On> {
  const plane = await openPlane(yaml);
  simulateAgent(plane, 'dev');
  simulateAgent(plane, 'prod', traffic);
  const first = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  const change = await ask({ ...plane, version: first });
  await approve(plane, change);
  await promote({ ...plane, version: first });
  await plane.clock.advance(hourMs);
  expect(await runs(plane, 'prod')).toBe(first);
  const version = await plane.release('feat: more', { web: 'web 2' });
  await plane.clock.advance(minuteMs);
  return { ...plane, version };
}

type On = Plane & { readonly version: string };

const formFor = (plane: On, fromMs: number, forMs: number): AskChange => ({
  release: plane.version,
  to: 'prod',
  reference: null,
  type: 'normal',
  risk: 'medium',
  window: {
    from: instant(plane.clock.now() + fromMs),
    to: instant(plane.clock.now() + fromMs + forMs),
  },
  rollbackMinutes: 5,
  testing: 'smoke tests, then a look at the orders',
  communication: '#deployments',
  description: '',
});

const ask = (plane: On, fromMs = 0, forMs = hourMs): Promise<ChangeRequestView> =>
  plane.control.createChangeRequest(plane.project, formFor(plane, fromMs, forMs), plane.as(bo));

const approve = (plane: Plane, { id, seen }: ChangeRequestView, by: string = ada) =>
  plane.control.approveChangeRequest(plane.project, id, { seen }, plane.as(by));

const promote = (plane: On): Promise<PromotionView> =>
  plane.control.requestPromotion(plane.project, { release: plane.version, to: 'prod' }, plane.as(bo));

async function gate(plane: On): Promise<GateAnswer> {
  const { admission } = await plane.control.why(plane.project, plane.version, 'prod', plane.as(bo));
  const [answer] = admission.gates;
  if (answer === undefined) throw new Error('the step has no gate');
  return answer;
}

const shown = ({ control, project }: Plane, { id }: Pick<ChangeRequestView, 'id'>) =>
  control.changeRequest(project, id);

describe('the change request (REL-7)', () => {
  it('closes the gate until somebody wrote one and another approved it, and each step is said', async () => {
    const plane = await stage();
    expect(await gate(plane)).toMatchObject({
      state: 'missing',
      says: 'There is no change request for 1.1.0 into prod.',
    });
    const change = await ask(plane);
    expect(change).toMatchObject({
      id: 'CHG-0002',
      state: { phase: 'open' },
      approvers: ['engineering-lead'],
    });
    expect(await gate(plane)).toMatchObject({ state: 'missing', says: 'CHG-0002 is not approved yet.' });
    await approve(plane, change);
    expect(await gate(plane)).toMatchObject({ state: 'passed' });
    const why = await plane.control.why(plane.project, plane.version, 'prod', plane.as(bo));
    expect(why.changeRequest).toMatchObject({ id: 'CHG-0002', state: { phase: 'approved' } });
  });

  it('is approved by nobody but those whom the gate names, and never by who asked', async () => {
    const plane = await stage();
    const change = await ask(plane);
    await expect(approve(plane, change, bo)).rejects.toMatchObject({
      code: 'change-request-approval-by-author',
    });
    await expect(approve(plane, change, 'mallory@example.org')).rejects.toMatchObject({
      code: 'role-unknown',
    });
    const byAda = await plane.control.editChangeRequest(
      plane.project,
      change.id,
      { seen: change.seen, risk: 'high' },
      plane.as(ada),
    );
    await expect(approve(plane, byAda, ada)).rejects.toMatchObject({ kind: 'denied' });
    await expect(
      plane.control.approveChangeRequest(
        plane.project,
        change.id,
        { seen: byAda.seen },
        { actor: { kind: 'token', id: 'ci' as never, name: 'ci' }, scopes: ['promote'], person: null },
      ),
    ).rejects.toMatchObject({ code: 'person-needed' });
    expect((await approve(plane, byAda, eve)).state.phase).toBe('approved');
  });

  it('loses its approval with any change, and what was looked at before can be approved no more', async () => {
    const plane = await stage();
    const change = await ask(plane);
    await approve(plane, change);
    const edited = await plane.control.editChangeRequest(
      plane.project,
      change.id,
      { seen: change.seen, rollbackMinutes: 6 },
      plane.as(bo),
    );
    expect(edited).toMatchObject({ state: { phase: 'open' }, approvals: [{ by: ada, counts: false }] });
    expect(await gate(plane)).toMatchObject({
      state: 'missing',
      says: `CHG-0002 was changed after ${ada} approved it, which made that void.`,
    });
    await expect(approve(plane, change, eve)).rejects.toMatchObject({ code: 'change-request-changed' });
    await approve(plane, edited, eve);
    expect(await gate(plane)).toMatchObject({ state: 'passed' });
  });

  it('counts no approval that was given while somebody changed it, and gives two who ask at once two numbers', async () => {
    const plane = await stage();
    const change = await ask(plane);
    await expect(ask(plane)).rejects.toMatchObject({ code: 'change-request-exists' });
    await Promise.allSettled([
      approve(plane, change, ada),
      plane.control.editChangeRequest(
        plane.project,
        change.id,
        { seen: change.seen, risk: 'low' },
        plane.as(bo),
      ),
    ]);
    const now = await shown(plane, change);
    expect([now.form.risk, now.state.phase]).toEqual(['low', 'open']);
    expect(now.approvals.filter(({ counts }) => counts)).toEqual([]);
    await plane.control.rejectChangeRequest(plane.project, change.id, { reason: 'not now' }, plane.as(bo));
    const other = await plane.release('fix: other', { web: 'web 3' });
    const asked = await Promise.all([ask(plane), ask({ ...plane, version: other })]);
    expect(asked.map(({ id }) => id).toSorted()).toEqual(['CHG-0003', 'CHG-0004']);
  });

  it('makes a promotion wait for its window, which then starts by itself and closes it without a deviation', async () => {
    const plane = await stage();
    const change = await ask(plane, 30 * minuteMs, 20 * minuteMs);
    await approve(plane, change);
    const waiting = await promote(plane);
    expect(waiting.admission.blockers).toMatchObject([
      { kind: 'change-request', earliest: change.form.window.from, liftedBy: { kind: 'time' } },
    ]);
    await plane.clock.advance(31 * minuteMs);
    expect(await shown(plane, change)).toMatchObject({
      state: { phase: 'implementing', promotion: waiting.id },
    });
    await expect(
      plane.control.editChangeRequest(
        plane.project,
        change.id,
        { seen: change.seen, risk: 'low' },
        plane.as(bo),
      ),
    ).rejects.toMatchObject({ code: 'change-request-decided' });
    await plane.clock.advance(hourMs);
    expect(await runs(plane, 'prod')).toBe(plane.version);
    const { state } = await shown(plane, change);
    // The half hour of watching goes on after the window, and is no part of the work.
    expect(state).toMatchObject({
      phase: 'closed',
      outcome: 'implemented',
      startedAt: change.form.window.from,
      deviations: [],
    });
  });

  it('goes shut when the window passes while it waits for something else, and opens with another window', async () => {
    const plane = await stage();
    const change = await ask(plane, 0, 10 * minuteMs);
    const waiting = await promote(plane);
    await plane.clock.advance(11 * minuteMs);
    await approve(plane, change);
    await plane.clock.advance(minuteMs);
    expect(await gate(plane)).toMatchObject({ state: 'failed' });
    expect((await plane.control.promotion(plane.project, waiting.id)).state.phase).toBe('waiting');
    const { window } = formFor(plane, 0, hourMs);
    const moved = await plane.control.editChangeRequest(
      plane.project,
      change.id,
      { seen: change.seen, window },
      plane.as(bo),
    );
    await approve(plane, moved);
    await plane.clock.advance(minuteMs);
    expect((await plane.control.promotion(plane.project, waiting.id)).state.phase).toBe('running');
  });

  it('closes with what went otherwise when the release is taken back, and a second try needs another one', async () => {
    const plane = await stage({ perSecond: 100, errors: { '1.1.0': 0.3 } });
    const change = await ask(plane);
    await approve(plane, change);
    await promote(plane);
    await plane.clock.advance(hourMs);
    const { state } = await shown(plane, change);
    expect(state).toMatchObject({ phase: 'closed', outcome: 'taken back' });
    expect(state.phase === 'closed' ? state.deviations.map(({ kind }) => kind) : []).toEqual(['taken back']);
    expect(await gate(plane)).toMatchObject({ state: 'missing' });
    const noted = await plane.control.noteOnChangeRequest(
      plane.project,
      change.id,
      { note: 'The database was slow.' },
      plane.as(ada),
    );
    expect(noted.notes).toMatchObject([{ by: ada, text: 'The database was slow.' }]);
    expect((await ask(plane)).id).toBe('CHG-0003');
  });

  it('closes after a crash between the end of the promotion and its own, though its wake-up was lost', async () => {
    const plane = await stage();
    const change = await ask(plane);
    await approve(plane, change);
    const { id: promotion } = await promote(plane);
    await plane.clock.advance(hourMs);
    const closed = await shown(plane, change);
    expect(closed).toMatchObject({ state: { phase: 'closed', outcome: 'implemented' } });
    if (closed.state.phase !== 'closed') return;
    const since = closed.state.startedAt;
    // As it stood when the control plane ended: carried out, its promotion over, and nothing to wake it.
    await plane.parts.store.transaction(async (tx) => {
      const stored = await tx.get(plane.project, 'change', change.id);
      if (stored === undefined) throw new Error('the change request is gone');
      const state = { phase: 'implementing', promotion, since } as const;
      await tx.put(plane.project, 'change', change.id, { ...stored.value, state }, stored.version);
    });
    await plane.restart();
    await plane.clock.advance(minuteMs);
    const again = await shown(plane, change);
    expect(again).toMatchObject({
      state: { phase: 'closed', endedAt: closed.state.endedAt, deviations: [] },
    });
  });

  it('says when it was held, when its gate was waived, and when it ended after its window', async () => {
    const plane = await stage();
    const change = await ask(plane, 2 * hourMs, 3 * minuteMs);
    await plane.control.waive(
      plane.project,
      { release: plane.version, to: 'prod', gate: 'change-request', reason: 'the desk is closed' },
      plane.as(ada),
    );
    await promote(plane);
    await plane.clock.advance(minuteMs);
    const { rollout } = await plane.control.environment(plane.project, 'prod');
    if (rollout === null) throw new Error('nothing is being rolled out');
    await plane.control.pause(plane.project, rollout, { note: 'looking' }, plane.as(ada));
    await plane.clock.advance(10 * minuteMs);
    await plane.control.resume(plane.project, rollout, { note: '' }, plane.as(ada));
    await plane.clock.advance(hourMs);
    const { state } = await shown(plane, change);
    if (state.phase !== 'closed') throw new Error(`it is ${state.phase}`);
    expect(state.deviations.map(({ kind }) => kind)).toEqual([
      'not approved',
      'outside the window',
      'longer than planned',
      'held',
      'gate waived',
    ]);
    expect(state.deviations.map(({ says }) => says).join('\n')).toContain(
      `${ada} waived the gate change-request: the desk is closed`,
    );
  });

  it('names every problem of a form at once, and takes no window that is over', async () => {
    const plane = await stage();
    const form = formFor(plane, -2 * hourMs, -hourMs);
    await expect(plane.control.createChangeRequest(plane.project, form, plane.as(bo))).rejects.toMatchObject({
      code: 'change-request-invalid',
      problems: [{}, {}],
    });
    await expect(ask({ ...plane, version: '9.9.9' })).rejects.toMatchObject({ code: 'release-unknown' });
    await expect(plane.control.changeRequest(plane.project, 'CHG-0099')).rejects.toMatchObject({
      code: 'change-request-unknown',
    });
    expect((await plane.control.changeRequest(plane.project, '1')).id).toBe('CHG-0001');
  });
});
