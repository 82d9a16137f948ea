import { describe, expect, it } from 'vitest';
import type { ActorId, PromotionId, RoleName } from '../../domain/ids.ts';
import { sign } from '../../domain/keys.ts';
import type { GateSpec } from '../../domain/project-file/types.ts';
import { callbackText } from '../../domain/question.ts';
import { ada, bo, cy, next, now } from './facts.kit.ts';
import { asking, asPerson, asProgram, commanding, recordsOf, type Step, type There } from './kept.kit.ts';

const [lead, qa] = ['lead', 'qa'] as [RoleName, RoleName];
const plain = asking();
const { project } = plain.target;
const id = (plain.promotion?.id ?? '') as PromotionId;
const eve = asPerson('eve@example.org' as ActorId);
const to = { release: '1.1.0', to: 'prod' };

/** The ladder, with 1.1.0 waiting for prod, or not. */
const on = (step: Step = {}, ...more: readonly There[]) => commanding(...recordsOf(asking(step)), ...more);
const unasked = (step: Step = {}) => commanding(...recordsOf({ ...asking(step), promotion: null }));

const hook: GateSpec = { kind: 'webhook', name: 'desk', url: 'https://desk', timeoutMs: 60_000 };
const hooked: Step = { step: { gates: [hook], waive: [lead] } };

describe('a person or a program that asks for a promotion', () => {
  it('is answered with how it stands', async () => {
    const plane = await unasked();
    const view = await plane.control.requestPromotion(project, to, asPerson(cy));
    expect(view).toMatchObject({ id: 'fresh 1', reason: '', state: { phase: 'waiting' } });
    expect((await plane.get('promotion', 'fresh 1')).requestedBy).toEqual({ kind: 'person', id: cy });
    const program = await unasked();
    await program.control.requestPromotion(project, { ...to, reason: 'nightly' }, asProgram);
    expect((await program.told()).map(({ kind }) => kind)).toEqual(['promotion.requested']);
    expect(await program.get('promotion', 'fresh 1')).toMatchObject({
      requestedBy: asProgram.actor,
      reason: 'nightly',
    });
  });

  it('is refused with every blocker, which is kept in the log, unless it was only tried', async () => {
    const plane = await unasked();
    await expect(plane.control.requestPromotion(project, to, eve)).rejects.toMatchObject({
      kind: 'denied',
      code: 'promotion-refused',
      facts: { admission: { blockers: [{ kind: 'role unknown' }, { kind: 'approvals' }] } },
    });
    expect((await plane.told()).map(({ kind }) => kind)).toEqual(['promotion.refused']);
    const tried = await plane.control.requestPromotion(project, { ...to, dryRun: true }, eve);
    expect(tried.admission.allowed).toBe(false);
    expect(await plane.told()).toHaveLength(1);
    await plane.control.requestPromotion(project, { ...to, dryRun: true }, asPerson(cy));
    expect([await plane.told(), plane.woken()]).toMatchObject([[{}], []]);
  });

  it.each<[string, object, object]>([
    ['a release', { release: '9.9.9' }, { code: 'release-unknown' }],
    ['an environment', { to: 'lab' }, { code: 'environment-unknown' }],
  ])('has to name %s that is there', async (_, more, refused) => {
    const plane = await unasked();
    await expect(
      plane.control.requestPromotion(project, { ...to, ...more }, asPerson(cy)),
    ).rejects.toMatchObject(refused);
  });

  it('is a person with a reason, where it is an emergency (REL-12)', async () => {
    const plane = await unasked({ step: { emergency: { from: [qa], second: [lead] } } });
    const cry = (reason: string | undefined, caller = asPerson(cy)) =>
      plane.control.requestPromotion(
        project,
        { ...to, emergency: true, ...(reason !== undefined && { reason }) },
        caller,
      );
    for (const reason of [undefined, '', ' \n'])
      await expect(cry(reason)).rejects.toMatchObject({
        kind: 'invalid',
        code: 'emergency-reason-missing',
      });
    await expect(cry('it burns', asProgram)).rejects.toMatchObject({ code: 'person-needed' });
    const asked = await cry('it burns');
    expect(asked.emergency).toMatchObject({ confirmed: null });
    const { hash: planHash } = asked.plan;
    const confirmed = await plane.control.approve(
      project,
      asked.id,
      { planHash, emergency: true },
      asPerson(ada),
    );
    expect(confirmed.emergency?.confirmed).toMatchObject({ by: { id: ada }, comment: '' });
  });
});

describe('people who decide about what waits', () => {
  const planHash = plain.plan.hash;

  it('approve it, with a comment or without', async () => {
    const plane = await on();
    const approve = (comment?: string) =>
      plane.control.approve(project, id, { planHash, comment }, asPerson(ada));
    expect((await approve()).approvals).toMatchObject([{ by: ada }]);
    expect((await plane.get('promotion', id)).approvals).toMatchObject([{ comment: '' }]);
    await approve('go');
    expect((await plane.get('promotion', id)).approvals).toMatchObject([{ comment: 'go' }]);
    await expect(plane.control.approve(project, id, { planHash }, asProgram)).rejects.toMatchObject({
      code: 'person-needed',
      message: expect.stringContaining('approve') as string,
    });
  });

  it('reject it, with a reason', async () => {
    const plane = await on();
    const reject = (caller = asPerson(ada)) => plane.control.reject(project, id, { reason: 'no' }, caller);
    await expect(reject(asProgram)).rejects.toMatchObject({
      code: 'person-needed',
      message: expect.stringContaining('reject') as string,
    });
    expect((await reject()).state).toMatchObject({ phase: 'rejected', reason: 'no' });
  });

  it.each(['withdraw', 'remind'] as const)('%s: members may, and programs, and nobody else', async (act) => {
    const stranger = await on();
    await expect(stranger.control[act](project, id, eve)).rejects.toMatchObject({
      kind: 'denied',
      code: 'role-unknown',
    });
    expect(await stranger.told()).toEqual([]);
    for (const caller of [asPerson(cy), asProgram]) {
      const plane = await on();
      expect(await plane.control[act](project, id, caller)).toMatchObject({ id });
      expect(await plane.told()).toMatchObject([{ actor: caller.actor }]);
    }
    const unknown = 'unknown' as PromotionId;
    await expect(stranger.control[act](project, unknown, asPerson(cy))).rejects.toMatchObject({
      kind: 'absent',
      code: 'promotion-unknown',
    });
    await expect(stranger.control[act](project, unknown, eve)).rejects.toMatchObject({
      code: 'promotion-unknown',
    });
  });

  it('let a gate pass in their own name, and see how it stands then', async () => {
    const plane = await unasked(hooked);
    const waive = (caller = asPerson(ada)) =>
      plane.control.waive(project, { ...to, gate: 'desk', reason: 'away' }, caller);
    await expect(waive(asProgram)).rejects.toMatchObject({ code: 'person-needed' });
    const { admission } = await waive();
    expect(admission.gates).toMatchObject([{ gate: 'desk', state: 'waived' }]);
    expect(await plane.get('waiver', 'fresh 1')).toMatchObject({ by: ada, tree: next.manifest.tree });
  });
});

describe('a program behind a gate', () => {
  it('is asked by a member or a program, and by nobody else', async () => {
    for (const caller of [asPerson(bo), asProgram]) {
      const plane = await unasked(hooked);
      const { admission } = await plane.control.askGate(project, { ...to, gate: 'desk' }, caller);
      expect(admission.gates).toMatchObject([{ gate: 'desk', state: 'waits' }]);
      expect(await plane.told('gate.asked')).toMatchObject([
        { actor: caller.actor, payload: { nonce: 'fresh 1' } },
      ]);
    }
    const plane = await unasked(hooked);
    await expect(plane.control.askGate(project, { ...to, gate: 'desk' }, eve)).rejects.toMatchObject({
      code: 'role-unknown',
    });
  });

  it('answers by its question, and is listed with what it said, page by page', async () => {
    const plane = await unasked({ step: { gates: [hook, { ...hook, name: 'scan' }] } });
    for (const gate of ['desk', 'scan']) await plane.control.askGate(project, { ...to, gate }, asPerson(bo));
    const { items } = await plane.control.questions(project, {});
    expect(items.map(({ gate }) => gate).toSorted()).toEqual(['desk', 'scan']);
    const desk = items.find(({ gate }) => gate === 'desk');
    const stored = await plane.get('question', desk?.id ?? '');
    const token = sign(plane.key.privateKey, callbackText(stored));
    const answer = { token, verdict: 'pass', reason: 'fine', url: '' } as const;
    await plane.control.answerQuestion(project, stored.id, answer);
    await expect(plane.control.answerQuestion(project, 'unknown', answer)).rejects.toMatchObject({
      code: 'callback-refused',
    });
    const listed = async (query: Parameters<typeof plane.control.questions>[1]) =>
      (await plane.control.questions(project, query)).items.map(({ gate }) => gate).toSorted();
    expect(await listed({ state: 'answered' })).toEqual(['desk']);
    expect(await listed({ state: 'open' })).toEqual(['scan']);
    expect(await listed({ environment: 'prod', release: '1.1.0' })).toEqual(['desk', 'scan']);
    expect(await listed({ environment: 'dev' })).toEqual([]);
    expect(await listed({ release: '1.0.0' })).toEqual([]);
    const page = await plane.control.questions(project, { limit: 1 });
    expect(page.items).toHaveLength(1);
    const rest = await plane.control.questions(project, { limit: 1, after: page.next ?? '' });
    expect([rest.items.length, rest.next]).toEqual([1, null]);
    expect([...page.items, ...rest.items].map(({ gate }) => gate).toSorted()).toEqual(['desk', 'scan']);
    const [answered] = (await plane.control.questions(project, { state: 'answered' })).items;
    expect(answered).toEqual({
      id: stored.id,
      gate: 'desk',
      environment: 'prod',
      release: { id: next.id, version: '1.1.0' },
      askedBy: { kind: 'person', id: bo },
      askedAt: now,
      until: now + 60_000,
      state: 'answered',
      says: 'desk says yes: fine.',
    });
  });
});

describe('a window that is opened for a while (REL-4)', () => {
  it('is a person’s, by the name of the environment', async () => {
    const plane = await unasked({ step: { waive: [lead] } });
    const ask = { environment: 'prod', to: (now + 1000) as typeof now, reason: 'a leak' };
    await expect(plane.control.makeException(project, ask, asProgram)).rejects.toMatchObject({
      code: 'person-needed',
    });
    const made = await plane.control.makeException(project, ask, asPerson(ada));
    expect(made).toEqual({ id: 'fresh 1', from: now, to: now + 1000, by: ada, reason: 'a leak' });
    const revoke = (caller = asPerson(ada)) =>
      plane.control.revokeException(project, made.id, { reason: 'done' }, caller);
    await expect(revoke(asProgram)).rejects.toMatchObject({ code: 'person-needed' });
    expect(await revoke()).toMatchObject({ id: 'fresh 1' });
    await expect(
      plane.control.makeException(project, { ...ask, environment: 'lab' }, asPerson(ada)),
    ).rejects.toMatchObject({ code: 'environment-unknown' });
  });
});
