import { describe, expect, it } from 'vitest';
import { emergencyMs } from '../../domain/emergency.ts';
import { aPromotionOf } from '../../domain/environment.kit.ts';
import {
  instant,
  later,
  type PromotionId,
  type RoleName,
  type RolloutId,
  type ServiceName,
} from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { aCleanAsk, ada, bo, current, cy, next, now, running } from './facts.kit.ts';
import { aRollout } from '../deliver/rollout.kit.ts';
import { asking, keeping, recordsOf, type Step, type There } from './kept.kit.ts';
import { type Ask, considerPromotion, requestPromotion } from './request.ts';

const [lead, qa] = ['lead', 'qa'] as [RoleName, RoleName];
const plain = asking();
const { target } = plain;
const { project } = target;
const id = 'new' as PromotionId;
const person = { kind: 'person', id: cy } as const;
const merge = { kind: 'automation', rule: 'merge into develop' } as const;
const emergency = { expiresAt: later(now, 1000), confirmed: null };

const ask = (more: Partial<Ask> = {}): Ask => ({
  kind: 'promotion',
  release: next,
  target,
  requester: person,
  reason: 'it is time',
  ...more,
});
const other = (name: string, more: Partial<Promotion> = {}): Promotion => ({
  ...aPromotionOf(current, undefined, target),
  id: name as PromotionId,
  ...more,
});

/** What comes of an ask where these are there already. */
async function asked(
  more: Partial<Ask>,
  there: readonly Promotion[] = [],
  step: Step = {},
  besides: readonly There[] = [],
) {
  const facts = { ...asking(step), promotion: null };
  const records = recordsOf({ ...facts, target: more.target ?? target });
  const kept = await keeping(...records, ...there.map((one) => ['promotion', one] as const), ...besides);
  const done = await kept.act((tx) => requestPromotion(tx, ask(more), id, now));
  const promotions = await kept.act(async (tx) => (await tx.list(project, 'promotion')).items);
  const phases = Object.fromEntries(promotions.map(({ value }) => [value.id, value.state.phase]));
  return { ...kept, asking: done, phases };
}
const refused = (...args: Parameters<typeof asked>) => asked(...args).catch((thrown: unknown) => thrown);

describe('asking for a promotion', () => {
  it('keeps what can only wait, tells it with whom it takes, and looks at it at once', async () => {
    const { get, told, wakeUps, asking: answer } = await asked({});
    expect(answer.admission.allowed).toBe(false);
    expect(await get('promotion', id)).toEqual({
      id,
      project,
      kind: 'promotion',
      environment: target.id,
      release: next.id,
      version: next.version,
      services: plain.plan.changes.map(({ service }) => service),
      plan: plain.plan,
      requestedBy: person,
      requestedAt: now,
      reason: 'it is time',
      approvals: [],
      state: { phase: 'waiting' },
    });
    expect(await told()).toMatchObject([
      {
        kind: 'promotion.requested',
        actor: person,
        environment: target.id,
        subject: `promotion/${id}`,
        payload: {
          release: next.id,
          services: plain.plan.changes.map(({ service }) => service),
          planHash: plain.plan.hash,
          reason: 'it is time',
          missing: [{ members: [ada, bo] }],
        },
      },
    ]);
    const [event] = await told();
    expect(event?.payload).not.toHaveProperty('passesOver');
    expect(event?.message).toMatch(/asked for 1\.1\.0 in prod: it is time$/u);
    expect(wakeUps()).toEqual([{ key: `promotion/${id}`, project, at: now }]);
  });

  it('keeps nothing that is refused, nor of what is only considered', async () => {
    const mark = { reason: 'x', environment: target.name, rollout: 'r' as RolloutId, at: now };
    const { phases, told, woken } = await asked({ release: { ...next, mark } });
    expect([phases, await told(), woken()]).toEqual([{}, [], []]);
    const kept = await keeping(...recordsOf({ ...plain, promotion: null }));
    const { promotion } = await kept.act((tx) => considerPromotion(tx, ask(), id, now));
    expect(promotion).toMatchObject({ id, state: { phase: 'waiting' } });
    expect([await kept.told(), kept.woken()]).toEqual([[], []]);
  });

  it('says what is asked for: an emergency, or a way back, with or without a reason', async () => {
    const step: Step = { step: { emergency: { from: [qa], second: [lead] } } };
    const urgent = await asked({ emergency: true }, [], step);
    expect(await urgent.get('promotion', id)).toMatchObject({
      emergency: { expiresAt: now + emergencyMs, confirmed: null },
    });
    const [event] = await urgent.told();
    expect(event).toMatchObject({
      kind: 'promotion.emergency-asked',
      payload: { expiresAt: now + emergencyMs, passesOver: [{ kind: 'approvals' }] },
    });
    expect(event?.message).toContain('as an emergency');
    const gone = running('prod', [current, 60], [next, 1]);
    const back = await asked({ kind: 'rollback', release: current, target: gone, reason: '' });
    expect((await back.told())[0]?.message).toMatch(/asked for a rollback of prod to 1\.0\.0$/u);
    expect(await asked({ emergency: false })).toMatchObject({ asking: { facts: { emergency: null } } });
  });

  it.each<[string, Partial<Ask>, Partial<Promotion>, boolean]>([
    ['it waits already', {}, {}, true],
    ['it runs already', {}, { state: { phase: 'running', rollout: 'r' as RolloutId, since: now } }, true],
    ['it ended', {}, { state: { phase: 'withdrawn', by: person, at: now } }, false],
    ['another release waits', {}, { release: current.id }, false],
    ['it waits as an emergency', {}, { emergency }, false],
    ['going back to it waits', {}, { kind: 'rollback' }, false],
    ['it waits with other services, of which all go', {}, { services: [] }, true],
  ])('is refused where the same was asked for before: %s', async (_, more, before, is) => {
    const there = other('before', { release: next.id, version: next.version, ...before });
    const outcome = await refused(more, [there]);
    const conflict = { kind: 'conflict', code: 'promotion-exists', facts: { promotion: 'before' } };
    if (is) expect(outcome).toMatchObject(conflict);
    else expect(outcome).toMatchObject({ phases: { new: 'waiting' } });
  });

  it('tells ways back apart by what goes back (REL-10)', async () => {
    const gone = running('prod', [current, 60], [next, 1]);
    const web = ['web' as ServiceName];
    const there = other('before', { kind: 'rollback', services: ['orders', 'web'] as ServiceName[] });
    const back = { kind: 'rollback', release: current, target: gone } as const;
    expect(await refused(back, [there])).toMatchObject({ code: 'promotion-exists' });
    expect(await refused(back, [{ ...there, services: there.services.toReversed() }])).toMatchObject({
      code: 'promotion-exists',
    });
    expect(await refused({ ...back, services: web }, [there])).toMatchObject({
      phases: { new: 'waiting', before: 'superseded' },
    });
  });
});

describe('what a merge has asked for (REL-1)', () => {
  const there = other('before', {
    release: next.id,
    version: next.version,
    requestedBy: merge,
    requestedAt: instant(0),
    reason: 'merged',
  });

  it('becomes the ask of whoever promotes it, with the approvals that it has', async () => {
    const approvals = aCleanAsk().promotion?.approvals ?? [];
    const { get, told, woken, phases } = await asked({}, [{ ...there, approvals }]);
    expect(phases).toEqual({ before: 'waiting' });
    expect(await get('promotion', 'before')).toEqual({
      ...there,
      approvals,
      requestedBy: person,
      requestedAt: now,
      reason: 'it is time',
    });
    expect(await told()).toMatchObject([{ kind: 'promotion.taken-over', subject: 'promotion/before' }]);
    expect(woken()).toEqual(['promotion/before']);
    const silent = await asked({ reason: '' }, [there]);
    expect((await silent.get('promotion', 'before')).reason).toBe('merged');
  });

  it.each<[string, Partial<Ask>, Partial<Promotion>]>([
    ['another merge asks', { requester: merge }, {}],
    ['a person asked for it', {}, { requestedBy: { kind: 'person', id: ada } }],
    ['it runs already', {}, { state: { phase: 'running', rollout: 'r' as RolloutId, since: now } }],
  ])('stays what it is where %s', async (_, more, before) => {
    expect(await refused(more, [{ ...there, ...before }])).toMatchObject({ code: 'promotion-exists' });
  });

  it('is taken over by nobody whose ask is refused', async () => {
    const stranger = { kind: 'person', id: 'eve@example.org' as typeof ada } as const;
    const { asking: answer, get, told, woken } = await asked({ requester: stranger }, [there]);
    expect(answer.admission.blockers.map(({ kind }) => kind)).toContain('role unknown');
    expect(await get('promotion', 'before')).toEqual(there);
    expect([await told(), woken()]).toEqual([[], []]);
  });
});

describe('what waits when something newer is asked for', () => {
  const approvals = aCleanAsk().promotion?.approvals ?? [];

  it('gives way and says so, unless somebody stands behind it, or it is of another sort', async () => {
    const there = [
      other('plain'),
      other('lapsed', { approvals: approvals.map((one) => ({ ...one, expiredAt: now })) }),
      other('urgent', { emergency }),
      other('back', { kind: 'rollback' }),
    ];
    const { phases, told, get } = await asked({}, there);
    expect(phases).toEqual({
      plain: 'superseded',
      lapsed: 'superseded',
      urgent: 'waiting',
      back: 'waiting',
      new: 'waiting',
    });
    expect((await get('promotion', 'plain')).state).toEqual({ phase: 'superseded', by: id, at: now });
    const superseded = await told('promotion.superseded');
    expect(superseded.map(({ subject }) => subject).toSorted()).toEqual([
      'promotion/lapsed',
      'promotion/plain',
    ]);
    expect(superseded[0]).toMatchObject({ actor: person, environment: target.id, payload: { by: id } });
  });

  it('stays where it has approvals, which keep the newer one out', async () => {
    const { phases } = await asked({}, [other('backed', { approvals }), other('plain')]);
    expect(phases).toEqual({ backed: 'waiting', plain: 'waiting' });
  });

  it('stays where it has approvals, also while the release before it is still on its way', async () => {
    const runs = other('runs', { state: { phase: 'running', rollout: 'r' as RolloutId, since: now } });
    const live = { project, environment: target.id, promotion: runs.id };
    const rollout = aRollout({ phase: 'canary', step: 0, since: now }, live);
    const { phases } = await asked({}, [runs, other('backed', { approvals }), other('plain')], {}, [
      ['rollout', rollout],
    ]);
    expect(phases).toEqual({ runs: 'running', backed: 'waiting', plain: 'superseded', new: 'waiting' });
  });

  it('stays where it runs already, or is another one’s emergency', async () => {
    const runs = other('runs', { state: { phase: 'running', rollout: 'r' as RolloutId, since: now } });
    const step: Step = { step: { emergency: { from: [qa], second: [lead] } } };
    const { phases } = await asked(
      { emergency: true },
      [runs, other('plain'), other('urgent', { emergency })],
      step,
    );
    expect(phases).toEqual({ runs: 'running', plain: 'waiting', urgent: 'superseded', new: 'waiting' });
  });

  it('waits with an emergency that somebody confirmed', async () => {
    const by = { kind: 'person', id: bo } as const;
    const confirmed = { by, roles: [], planHash: plain.plan.hash, at: now, comment: '' };
    const step: Step = { step: { emergency: { from: [qa], second: [lead] } } };
    const there = [other('urgent', { emergency: { ...emergency, confirmed } })];
    expect((await asked({}, there, step)).phases).toEqual({ urgent: 'waiting', new: 'waiting' });
    expect((await asked({ emergency: true }, there, step)).phases).toEqual({ urgent: 'waiting' });
  });
});
