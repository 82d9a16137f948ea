import { describe, expect, it } from 'vitest';
import { type ChangeForm, formDigest } from '../../../domain/change-request.ts';
import { instant } from '../../../domain/ids.ts';
import type { Plane } from '../../../simulate/world/plane.ts';
import { openPlane } from '../../../../test/kit/plane.ts';
import type { Caller } from '../../face.ts';
import type { ChangeRequestView } from '../../views.ts';

const [ada, bo, cy, dan] = ['ada', 'bo', 'cy', 'dan'].map((name) => `${name}@example.org`) as [
  string,
  string,
  string,
  string,
];

const yaml = `
rung: 1
project: access
roles:
  lead: { members: [${ada}, ${cy}] }
  developer: { members: [${bo}, ${dan}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  sit: { tier: staging }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: sit
    - environment: prod
      gates: [{ bugs: 0 }, { change-request: [lead] }]
`;

const ci: Caller = {
  actor: { kind: 'token', id: 'ci' as never, name: 'ci' },
  scopes: ['promote'],
  person: null,
};
const minuteMs = 60_000;
type On = Plane & { readonly version: string };

async function stage(): Promise<On> {
  const plane = await openPlane(yaml);
  return { ...plane, version: await plane.release('feat: begin', { web: 'web 1' }) };
}

const form = (plane: Plane): ChangeForm => ({
  reference: null,
  type: 'normal',
  risk: 'medium',
  window: { from: plane.clock.now(), to: instant(plane.clock.now() + 60 * minuteMs) },
  rollbackMinutes: 5,
  testing: 'smoke tests',
  communication: '#deployments',
  description: 'what it does',
});

const ask = (plane: On, to = 'prod', by: Caller = plane.as(bo)): Promise<ChangeRequestView> =>
  plane.control.createChangeRequest(plane.project, { release: plane.version, to, ...form(plane) }, by);
const approve = (plane: Plane, { id, seen }: ChangeRequestView, by: string, comment?: string) =>
  plane.control.approveChangeRequest(plane.project, id, { seen, comment }, plane.as(by));
const edit = (plane: Plane, { id, seen }: ChangeRequestView, more: Partial<ChangeForm>, by: Caller) =>
  plane.control.editChangeRequest(plane.project, id, { seen, ...more }, by);
const reject = (plane: Plane, { id }: ChangeRequestView, by: string) =>
  plane.control.rejectChangeRequest(plane.project, id, { reason: 'not now' }, plane.as(by));

const told = async ({ control, project }: Plane) =>
  (await control.log(project, { limit: 100 })).items.filter(({ kind }) => kind.startsWith('change-request'));

describe('a change request (REL-7)', () => {
  it('is asked for by a member or by a program, and is told to everybody with all that it says', async () => {
    const plane = await stage();
    await expect(ask(plane, 'prod', plane.as('eve@example.org'))).rejects.toMatchObject({
      code: 'role-unknown',
    });
    const change = await ask(plane, 'prod', ci);
    expect(change).toMatchObject({
      id: 'CHG-0001',
      environment: 'prod',
      release: { version: plane.version },
      form: form(plane),
      requestedBy: ci.actor,
      editedBy: null,
      approvals: [],
      notes: [],
    });
    const [event] = await told(plane);
    expect(event).toMatchObject({
      kind: 'change-request.created',
      subject: 'change-request/CHG-0001',
      actor: ci.actor,
      environment: 'prod',
      payload: { change: 'CHG-0001', version: plane.version, risk: 'medium', rollbackMinutes: 5 },
    });
  });

  it('is not taken where it makes no sense', async () => {
    const plane = await stage();
    const window = { from: plane.clock.now(), to: plane.clock.now() };
    const asked = { release: plane.version, to: 'prod', ...form(plane), window };
    await expect(plane.control.createChangeRequest(plane.project, asked, plane.as(bo))).rejects.toMatchObject(
      { code: 'change-request-invalid' },
    );
    expect(await told(plane)).toEqual([]);
  });

  it('is one alone for a source and a place, as long as it lives', async () => {
    const plane = await stage();
    const change = await ask(plane);
    await expect(ask(plane)).rejects.toMatchObject({
      code: 'change-request-exists',
      facts: { change: 'CHG-0001' },
    });
    expect((await ask(plane, 'sit')).id).toBe('CHG-0002');
    await approve(plane, change, ada);
    await expect(ask(plane)).rejects.toMatchObject({ code: 'change-request-exists' });
    await reject(plane, change, bo);
    expect((await ask(plane)).id).toBe('CHG-0003');
  });

  it.each(['CHG-0001', 'chg-1', ' CHG1 ', '1', '0001'])(
    'is found by its number, however it is written: %j',
    async (name) => {
      const plane = await stage();
      await ask(plane);
      expect((await plane.control.changeRequest(plane.project, name)).id).toBe('CHG-0001');
    },
  );

  it.each(['CHG-0002', 'x1', '1x', '', '0'])('is not there under %j', async (name) => {
    const plane = await stage();
    await ask(plane);
    await expect(plane.control.changeRequest(plane.project, name)).rejects.toMatchObject({
      code: 'change-request-unknown',
    });
  });

  it('keeps one word a person, the last one, with what they had to say', async () => {
    const plane = await stage();
    const change = await ask(plane);
    const first = await approve(plane, change, ada);
    expect(first.approvals).toMatchObject([{ by: ada, roles: ['lead'], comment: '', counts: true }]);
    await approve(plane, change, cy, 'go');
    const { approvals } = await approve(plane, change, ada, 'once more');
    expect(approvals.map(({ by, comment }) => [by, comment])).toEqual([
      [cy, 'go'],
      [ada, 'once more'],
    ]);
    expect((await told(plane))[0]).toMatchObject({
      kind: 'change-request.approved',
      payload: { roles: ['lead'], comment: 'once more', plan: approvals[0]?.plan },
    });
  });

  it('is approved by those whom the gate names, by any member where none does, and never by its authors', async () => {
    const plane = await stage();
    const change = await ask(plane);
    await expect(approve(plane, change, dan)).rejects.toMatchObject({ code: 'change-request-role-missing' });
    await expect(approve(plane, change, bo)).rejects.toMatchObject({
      wayOut: expect.stringContaining('lead') as string,
    });
    const inSit = await ask(plane, 'sit');
    expect([change.approvers, inSit.approvers]).toEqual([['lead'], []]);
    await expect(approve(plane, inSit, bo)).rejects.toMatchObject({
      code: 'change-request-approval-by-author',
      wayOut: expect.stringContaining('another member') as string,
    });
    expect((await approve(plane, inSit, dan)).state.phase).toBe('approved');
    const edited = await edit(plane, inSit, { risk: 'low' }, plane.as(dan));
    await expect(approve(plane, edited, dan)).rejects.toMatchObject({
      code: 'change-request-approval-by-author',
    });
    const byProgram = await edit(plane, edited, { risk: 'high' }, ci);
    expect(byProgram).toMatchObject({ editedBy: ci.actor, authors: [bo, dan] });
    await expect(approve(plane, byProgram, dan)).rejects.toMatchObject({
      code: 'change-request-approval-by-author',
    });
  });

  it('is changed by a member, from what it says now, to what makes sense', async () => {
    const plane = await stage();
    const change = await ask(plane);
    await expect(edit(plane, change, { risk: 'low' }, plane.as('eve@example.org'))).rejects.toMatchObject({
      code: 'role-unknown',
    });
    const { from } = change.form.window;
    await expect(edit(plane, change, { window: { from, to: from } }, plane.as(bo))).rejects.toMatchObject({
      code: 'change-request-invalid',
    });
    const edited = await edit(plane, change, { risk: 'low', testing: undefined as never }, plane.as(dan));
    expect(edited.form).toEqual({ ...change.form, risk: 'low' });
    expect(edited).toMatchObject({ editedBy: { id: dan }, requestedBy: { id: bo } });
    const [event] = await told(plane);
    expect(event).toMatchObject({
      kind: 'change-request.changed',
      payload: { before: { risk: 'medium' }, risk: 'low', voided: false },
    });
    expect(event?.message).not.toContain('void');
    await expect(edit(plane, change, { risk: 'high' }, plane.as(bo))).rejects.toMatchObject({
      code: 'change-request-changed',
    });
  });

  it('stays approved, and is told of no more, where a change changes nothing', async () => {
    const plane = await stage();
    const change = await ask(plane);
    await approve(plane, change, ada);
    const before = await told(plane);
    const same = await edit(plane, change, { risk: 'medium' }, plane.as(bo));
    expect(same).toMatchObject({ state: { phase: 'approved' }, editedBy: null });
    expect(await told(plane)).toEqual(before);
    await edit(plane, change, { risk: 'high' }, plane.as(bo));
    expect((await told(plane))[0]).toMatchObject({
      payload: { voided: true },
      message: expect.stringContaining('approval void') as string,
    });
  });

  it('is rejected by who may approve it, and taken back by who asked for it, and then decided', async () => {
    const plane = await stage();
    const [change, inSit] = [await ask(plane), await ask(plane, 'sit')];
    await expect(reject(plane, change, dan)).rejects.toMatchObject({ code: 'change-request-role-missing' });
    expect((await reject(plane, change, ada)).state).toMatchObject({
      phase: 'rejected',
      by: { id: ada },
      reason: 'not now',
    });
    await reject(plane, inSit, bo);
    const says = (await told(plane)).slice(0, 2).map(({ message }) => message);
    expect(says[0]).toContain('took back');
    expect(says[1]).toContain('rejected');
    const decided = { code: 'change-request-decided' };
    await expect(approve(plane, change, ada)).rejects.toMatchObject(decided);
    await expect(reject(plane, change, ada)).rejects.toMatchObject(decided);
    await expect(edit(plane, change, { risk: 'low' }, plane.as(bo))).rejects.toMatchObject(decided);
  });

  it('takes a hundred notes, at any time, and no more', async () => {
    const plane = await stage();
    const change = await ask(plane);
    await reject(plane, change, bo);
    const note = (text: string, by: Caller = plane.as(dan)) =>
      plane.control.noteOnChangeRequest(plane.project, change.id, { note: text }, by);
    await expect(note('hello', ci)).rejects.toMatchObject({ code: 'person-needed' });
    await expect(note('hello', plane.as('eve@example.org'))).rejects.toMatchObject({ code: 'role-unknown' });
    for (let count = 1; count < 100; count += 1) await note(`${count}`);
    const full = await note('100');
    expect(full.notes).toHaveLength(100);
    expect(full.notes.at(-1)).toMatchObject({ by: dan, text: '100' });
    expect((await told(plane))[0]).toMatchObject({ kind: 'change-request.noted', payload: { note: '100' } });
    await expect(note('101')).rejects.toMatchObject({
      kind: 'limited',
      code: 'change-request-notes-full',
    });
  });

  it('is looked for by release, place and state, newest first, page by page', async () => {
    const plane = await stage();
    const first = await ask(plane);
    await ask(plane, 'sit');
    const version = await plane.release('feat: more', { web: 'web 2' });
    await ask({ ...plane, version });
    await approve(plane, first, ada);
    const found = async (query: Parameters<typeof plane.control.changeRequests>[1]) =>
      (await plane.control.changeRequests(plane.project, query)).items.map(({ id }) => id);
    expect(await found({})).toEqual(['CHG-0003', 'CHG-0002', 'CHG-0001']);
    expect(await found({ release: plane.version })).toEqual(['CHG-0002', 'CHG-0001']);
    expect(await found({ environment: 'prod' })).toEqual(['CHG-0003', 'CHG-0001']);
    expect(await found({ state: 'approved' })).toEqual(['CHG-0001']);
    const page = await plane.control.changeRequests(plane.project, { limit: 2 });
    expect(page.items).toHaveLength(2);
    expect(await found({ limit: 2, after: page.next ?? '' })).toEqual(['CHG-0001']);
  });

  it('shows which approvals count: those of what it says now', async () => {
    const plane = await stage();
    const change = await ask(plane);
    await approve(plane, change, ada);
    const edited = await edit(plane, change, { risk: 'low' }, plane.as(bo));
    const { approvals, seen } = await approve(plane, edited, cy);
    expect(approvals.map(({ by, counts }) => [by, counts])).toEqual([
      [ada, false],
      [cy, true],
    ]);
    const stored = await plane.parts.store.read((tx) => tx.get(plane.project, 'change', change.id));
    expect(seen).toBe(stored === undefined ? '' : formDigest(stored.value));
  });
});
