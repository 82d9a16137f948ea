import { describe, expect, it } from 'vitest';
import type { PromotionView } from '../../src/lifecycle/views.ts';
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

describe('the ladder, in virtual time', () => {
  it('brings a merge into dev by itself, and on to the next rung once it has soaked (OPS-1, REL-6)', async () => {
    const plane = await ladder();
    const version = await plane.release('feat: begin');
    await plane.clock.advance(2000);
    expect(await runs(plane, 'dev')).toBe(version);
    expect(await runs(plane, 'test')).toBeUndefined();
    await plane.clock.advance(11 * minuteMs);
    expect(await runs(plane, 'test')).toBe(version);
    const test = await plane.control.environment(plane.project, 'test');
    expect(test.deployments.map((one) => [one.version, one.smoke])).toEqual([['1.0.0', 'passed']]);
  });

  it('refuses to skip a rung, and lists every other blocker with it (OPS-5)', async () => {
    const plane = await ladder();
    const version = await plane.release('feat: begin');
    await plane.clock.advance(2000);
    const asking = plane.control.requestPromotion(
      plane.project,
      { release: version, to: 'prod' },
      plane.as('ada@example.org'),
    );
    expect(await blockersOf(asking)).toEqual(['order', 'smoke', 'soak', 'validation', 'approvals']);
    const log = await plane.control.log(plane.project, {});
    expect(log.items.map((one) => one.kind)).toContain('promotion.refused');
  });

  it('waits for two people with two roles between them, and one person never counts twice (OPS-8, REL-3)', async () => {
    const plane = await ladder();
    const promotion = await climb(plane, await plane.release('feat: begin'));
    await plane.clock.advance(24 * hourMs);
    const approve = (person: string): Promise<PromotionView> =>
      plane.control.approve(plane.project, promotion.id, { planHash: promotion.plan.hash }, plane.as(person));
    await approve('ada@example.org');
    await approve('ada@example.org');
    await plane.clock.advance(1000);
    expect(await runs(plane, 'prod')).toBeUndefined();
    await expect(approve('eve@example.org')).rejects.toMatchObject({ code: 'approval-role-missing' });
    await approve('bo@example.org');
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.0.0');
  });

  it('goes all at once where there is nothing to fall back to, and says why (REL-8)', async () => {
    const plane = await established();
    const [promotion] = (await plane.control.promotions(plane.project, { environment: 'prod' })).items;
    const id = promotion?.state.phase === 'succeeded' ? promotion.state.rollout : null;
    expect(id).not.toBeNull();
    const rollout = await plane.control.rollout(plane.project, id ?? ('' as never));
    expect(rollout.reasonAllAtOnce).toMatch(/first release of web and orders/u);
  });

  it('climbs by canary, is watched, and succeeds (REL-8, REL-11, OPS-9)', async () => {
    const plane = await inCanary();
    expect((await liveIn(plane)).state).toMatchObject({ phase: 'canary' });
    await plane.clock.advance(5 * minuteMs);
    expect((await liveIn(plane)).state).toMatchObject({ phase: 'watching' });
    await plane.clock.advance(15 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
  });

  it('takes a bad release back by itself, marks it, and does not try it again (REL-9)', async () => {
    const plane = await inCanary({ perSecond: 100, errors: { '1.1.0': 0.2 } });
    await plane.clock.advance(2 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.0.0');
    const release = await plane.control.release(plane.project, '1.1.0');
    expect(release.mark).toMatchObject({ environment: 'prod' });
    expect(release.mark?.reason).toMatch(/%|evidence/u);
    const again = plane.control.requestPromotion(
      plane.project,
      { release: '1.1.0', to: 'prod' },
      plane.as('ada@example.org'),
    );
    expect(await blockersOf(again)).toContain('marked');
  });

  it('holds at 0 % when nobody judges for a lease, and goes on when a person resumes it', async () => {
    const plane = await inCanary();
    plane.prod.stop();
    await plane.clock.advance(35_000);
    expect((await liveIn(plane)).state).toMatchObject({
      phase: 'held',
      reason: { kind: 'judge lost' },
      percent: 0,
    });
    const early = await liveIn(plane);
    const note = { note: 'try' };
    await expect(
      plane.control.resume(plane.project, early.id, note, plane.as('ada@example.org')),
    ).rejects.toMatchObject({ code: 'judge-not-back' });
    expect(early.resume?.off).toMatch(/^Nobody judges: the agent of prod .* last heard at \d{4}-/u);
    plane.prod.go();
    await plane.clock.advance(minuteMs);
    const held = await liveIn(plane);
    expect(held.resume).toEqual({ off: null });
    expect(held.state).toMatchObject({ phase: 'held', percent: 0 });
    await plane.control.resume(
      plane.project,
      held.id,
      { note: 'the agent is back' },
      plane.as('ada@example.org'),
    );
    const { items } = await plane.control.log(plane.project, { environment: 'prod' });
    expect(items.find(({ kind }) => kind === 'rollout.resumed')?.message).toBe(
      '1.1.0 in prod: canary takes 10 % of the traffic. ada@example.org resumed it: the agent is back',
    );
    await plane.clock.advance(4 * minuteMs);
    expect((await liveIn(plane)).state).toMatchObject({ phase: 'canary' });
    await plane.clock.advance(2 * minuteMs);
    expect((await liveIn(plane)).state).toMatchObject({ phase: 'watching' });
  });

  it('stays armed while a person has paused it', async () => {
    const errors: Record<string, number> = {};
    const plane = await inCanary({ perSecond: 100, errors });
    await plane.control.pause(
      plane.project,
      (await liveIn(plane)).id,
      { note: 'lunch' },
      plane.as('ada@example.org'),
    );
    await plane.clock.advance(10 * minuteMs);
    expect((await liveIn(plane)).state).toMatchObject({ phase: 'held', percent: 10 });
    errors['1.1.0'] = 0.3;
    await plane.clock.advance(3 * minuteMs);
    expect((await plane.control.environment(plane.project, 'prod')).rollout).toBeNull();
    expect((await plane.control.release(plane.project, '1.1.0')).mark).not.toBeNull();
  });

  it('never lets two changes at once into an environment (OPS-9)', async () => {
    const plane = await inCanary();
    const third = await climb(plane, await plane.release('fix: more'));
    expect(third.admission.blockers.map((one) => one.kind)).toContain('one at a time');
  });

  it('rolls one service back to a named version, with a reason, in seconds (REL-10)', async () => {
    const plane = await inCanary();
    await plane.clock.advance(3 * hourMs);
    const ask = { environment: 'prod', to: '1.0.0', services: ['orders'], reason: 'orders are slow' };
    await plane.control.requestRollback(plane.project, ask, plane.as('bo@example.org'));
    await plane.clock.advance(5000);
    const prod = await plane.control.environment(plane.project, 'prod');
    expect(prod.services.map((one) => [one.service, one.stable?.version])).toEqual([
      ['web', '1.1.0'],
      ['orders', '1.0.0'],
    ]);
  });

  it('lets a watching rollout give way to a rollback by a named person', async () => {
    const plane = await inCanary();
    await plane.clock.advance(7 * minuteMs);
    expect((await liveIn(plane)).state).toMatchObject({ phase: 'watching' });
    await plane.control.requestRollback(
      plane.project,
      { environment: 'prod', reason: 'customers complain' },
      plane.as('bo@example.org'),
    );
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.0.0');
  });

  it('lets a watching rollout end as superseded where another version than its own past is named', async () => {
    const plane = await inCanary();
    await plane.clock.advance(3 * hourMs);
    const third = await climb(plane, await plane.release('fix: more'));
    await plane.clock.advance(24 * hourMs);
    await approveBoth(plane, third);
    await plane.clock.advance(7 * minuteMs);
    const live = await liveIn(plane);
    expect(live.state.phase).toBe('watching');
    const ask = { environment: 'prod', to: '1.0.0', reason: 'both are bad' };
    await plane.control.requestRollback(plane.project, ask, plane.as('bo@example.org'));
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.0.0');
    expect((await plane.control.rollout(plane.project, live.id)).state.phase).toBe('superseded');
  });
});
