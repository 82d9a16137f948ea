import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import { wakeAll } from '../../src/lifecycle/wake-all.ts';
import {
  approveBoth,
  blockersOf,
  climb,
  established,
  hourMs,
  inCanary,
  ladder,
  liveIn,
  minuteMs,
  runs,
} from './ladder.kit.ts';

describe('when something dies', () => {
  it('a dead agent in one environment changes nothing elsewhere (OPS-6)', async () => {
    const plane = await established();
    plane.dev.lose();
    const second = await plane.release('feat: more');
    await plane.clock.advance(2 * hourMs);
    expect(await runs(plane, 'dev')).toBe('1.0.0');
    const ask = { environment: 'prod', reason: 'x' };
    await expect(
      plane.control.requestRollback(plane.project, ask, plane.as('bo@example.org')),
    ).rejects.toMatchObject({ code: 'rollback-target-missing' });
    expect(await runs(plane, 'test')).toBe('1.0.0');
    expect((await plane.control.environment(plane.project, 'prod')).release?.version).toBe('1.0.0');
    expect((await plane.control.release(plane.project, second)).mark).toBeNull();
    plane.dev.go();
    await plane.clock.advance(15 * minuteMs);
    expect([await runs(plane, 'dev'), await runs(plane, 'test')]).toEqual([second, second]);
  });

  it('a control plane that comes back goes on with the canary, and with what waited (OPS-9)', async () => {
    const plane = await inCanary();
    const third = await climb(plane, await plane.release('fix: more'));
    for (let round = 0; round < 5; round += 1) {
      await plane.restart();
      await plane.clock.advance(2 * minuteMs);
    }
    await plane.clock.advance(24 * hourMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
    await approveBoth(plane, await plane.control.promotion(plane.project, third.id));
    await plane.clock.advance(30 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.1.1');
  });

  it('what lost its wake-up is woken when a control plane starts', async () => {
    const plane = await inCanary();
    const woken: string[] = [];
    const store: typeof plane.parts.store = {
      ...plane.parts.store,
      projects: () => plane.parts.store.projects(),
      read: (work) => plane.parts.store.read(work),
      transaction: (work) =>
        plane.parts.store.transaction((tx) =>
          work({
            ...tx,
            wake: async (wakeUps) => void woken.push(...wakeUps.map(({ key }) => key.split('/')[0] ?? '')),
          }),
        ),
    };
    await wakeAll({ store, clock: plane.clock });
    expect(woken.toSorted()).toEqual(['project', 'rollout']);
  });

  it('a paused canary falls to 0 % when its agent dies, and is known to have (REL-8)', async () => {
    const plane = await inCanary();
    const { id } = await liveIn(plane);
    await plane.control.pause(plane.project, id, { note: 'lunch' }, plane.as('ada@example.org'));
    plane.prod.stop();
    await plane.clock.advance(minuteMs);
    expect(plane.prod.gateway.exposed()).toBeNull();
    expect((await liveIn(plane)).state).toMatchObject({
      phase: 'held',
      percent: 0,
      reason: { kind: 'judge lost' },
    });
  });

  it('an agent that lost its memory goes on with the canary where the numbers are', async () => {
    const plane = await inCanary();
    await plane.clock.advance(minuteMs);
    plane.prod.lose();
    plane.prod.go();
    await plane.clock.advance(20 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
  });

  it('a clock that is set takes nothing back and loses no judge (REL-9)', async () => {
    const plane = await inCanary();
    plane.clock.jump(6 * hourMs);
    await plane.clock.advance(minuteMs);
    expect((await liveIn(plane)).state.phase).toBe('canary');
    plane.clock.jump(-8 * hourMs);
    await plane.clock.advance(minuteMs);
    expect((await liveIn(plane)).state.phase).toBe('canary');
  });
});

describe('when people act at the same time', () => {
  it('one of two who ask for different releases wins, and the other is told (OPS-9)', async () => {
    const plane = await established();
    const second = await plane.release('feat: more');
    await plane.clock.advance(12 * minuteMs);
    const third = await plane.release('feat: even more');
    await plane.clock.advance(12 * minuteMs);
    await plane.clock.advance(24 * hourMs);
    await plane.control.validate(plane.project, 'test', {}, plane.as('cy@example.org'));
    const ask = (release: string, person: string) =>
      plane.control.requestPromotion(plane.project, { release, to: 'prod' }, plane.as(person));
    const both = await Promise.all([ask(second, 'cy@example.org'), ask(third, 'ada@example.org')]);
    const states = await Promise.all(
      both.map(async ({ id }) => (await plane.control.promotion(plane.project, id)).state.phase),
    );
    expect(states.toSorted()).toEqual(['superseded', 'waiting']);
    const { items } = await plane.control.log(plane.project, { environment: 'prod' });
    expect(items.map(({ message }) => message)).toContainEqual(expect.stringMatching(/gives way to/u));
  });

  it('two who ask for the same release at once get one promotion', async () => {
    const plane = await ladder();
    const version = await plane.release('feat: begin');
    await plane.clock.advance(12 * minuteMs);
    const ask = (person: string) =>
      plane.control.requestPromotion(plane.project, { release: version, to: 'prod' }, plane.as(person));
    const asked = await Promise.allSettled([ask('ada@example.org'), ask('bo@example.org')]);
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason as Failure] : []));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toBeInstanceOf(Failure);
    expect(refused[0]).toMatchObject({ kind: 'conflict', code: 'promotion-exists' });
  });

  it('two approvals at once both count, and it starts once (REL-3, OPS-8)', async () => {
    const plane = await established();
    const promotion = await climb(plane, await plane.release('feat: more'));
    await plane.clock.advance(24 * hourMs);
    const approve = (person: string) =>
      plane.control.approve(plane.project, promotion.id, { planHash: promotion.plan.hash }, plane.as(person));
    await Promise.all([approve('ada@example.org'), approve('bo@example.org')]);
    await plane.clock.settle();
    const { items } = await plane.control.log(plane.project, { subject: `promotion/${promotion.id}` });
    expect(items.filter(({ kind }) => kind === 'promotion.started')).toHaveLength(1);
    await expect(approve('cy@example.org')).rejects.toMatchObject({ code: 'promotion-not-waiting' });
    const no = plane.control.reject(
      plane.project,
      promotion.id,
      { reason: 'too late' },
      plane.as('ada@example.org'),
    );
    await expect(no).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('an approval of a plan that is no longer the plan is refused, and old ones count no more (REL-3)', async () => {
    const plane = await inCanary();
    const third = await climb(plane, await plane.release('fix: more'));
    await approveBoth(plane, third);
    await plane.clock.advance(25 * hourMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
    const now = await plane.control.promotion(plane.project, third.id);
    expect(now.plan.hash).not.toBe(third.plan.hash);
    expect(now.admission.blockers.map(({ kind }) => kind)).toEqual(['approvals']);
    await expect(approveBoth(plane, third)).rejects.toMatchObject({ code: 'plan-changed' });
  });
});

describe('waiting', () => {
  it('goes on after a rollback that somebody asked for meanwhile', async () => {
    const plane = await inCanary();
    await plane.clock.advance(3 * hourMs);
    const third = await climb(plane, await plane.release('fix: more'));
    const ask = { environment: 'prod', to: '1.0.0', reason: 'it is slow' };
    await plane.control.requestRollback(plane.project, ask, plane.as('bo@example.org'));
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.0.0');
    expect((await plane.control.promotion(plane.project, third.id)).state.phase).toBe('waiting');
  });

  it('ends when what it asks for came to run there by another way', async () => {
    const plane = await inCanary();
    await plane.clock.advance(3 * hourMs);
    const back = { environment: 'prod', to: '1.0.0', reason: 'it is slow' };
    const ask = { release: '1.1.0', to: 'prod' };
    await plane.control.requestRollback(plane.project, back, plane.as('bo@example.org'));
    await plane.clock.advance(minuteMs);
    const again = await plane.control.requestPromotion(plane.project, ask, plane.as('cy@example.org'));
    const forth = { environment: 'prod', to: '1.1.0', reason: 'it was not that' };
    await plane.control.requestRollback(plane.project, forth, plane.as('bo@example.org'));
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
    expect((await plane.control.promotion(plane.project, again.id)).state.phase).toBe('withdrawn');
  });

  it('goes on when the mark of its release is lifted', async () => {
    const errors: Record<string, number> = { '1.1.0': 0.3 };
    const plane = await inCanary({ perSecond: 100, errors });
    await plane.clock.advance(5 * minuteMs);
    const ask = { release: '1.1.0', to: 'prod' };
    expect(
      await blockersOf(plane.control.requestPromotion(plane.project, ask, plane.as('ada@example.org'))),
    ).toContain('marked');
    delete errors['1.1.0'];
    const by = plane.as('cy@example.org');
    await plane.control.liftMark(plane.project, '1.1.0', { reason: 'the network was to blame' }, by);
    await approveBoth(plane, await plane.control.requestPromotion(plane.project, ask, by));
    await plane.clock.advance(30 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
  });

  it('of automation ends with one ask: what was taken back is never tried again by itself (REL-9)', async () => {
    const plane = await ladder();
    plane.test.lose();
    const version = await plane.release('feat: begin');
    await plane.clock.advance(12 * minuteMs);
    const { rollout } = await plane.control.environment(plane.project, 'test');
    expect(rollout).not.toBeNull();
    if (rollout !== null)
      await plane.control.abort(plane.project, rollout, { reason: 'no' }, plane.as('ada@example.org'));
    plane.test.go();
    await plane.clock.advance(hourMs);
    await plane.restart();
    await plane.clock.advance(hourMs);
    const { items } = await plane.control.promotions(plane.project, { environment: 'test' });
    expect(items.map((one) => [one.release.version, one.state.phase])).toEqual([[version, 'rolled back']]);
  });
});
