import { describe, expect, it } from 'vitest';
import type { Plane } from '../../src/simulate/world/plane.ts';
import {
  access,
  approveByTwo,
  bo,
  climbToProd,
  climbToSit,
  gatesOf,
  mergeIntoDevelop,
  openings,
} from './access.kit.ts';
import { hourMs, liveIn, minuteMs, runs } from './ladder.kit.ts';

const mayGo = async (plane: Plane, release: string, to: string) =>
  (await plane.control.why(plane.project, release, to, plane.as(bo))).admission;

/** Each gate is seen closed, with a way out, and opened by what the runbook asks for. */
async function openOneByOne(plane: Plane, release: string, to: 'sit' | 'prod'): Promise<void> {
  const { blockers } = await mayGo(plane, release, to);
  const closed = blockers.filter(({ gate }) => gate !== undefined);
  expect(closed.map(({ gate }) => gate)).toEqual(Object.keys(openings[to]));
  for (const { gate, reason, wayOut } of closed) expect([reason, wayOut], gate).not.toContain('');
  for (const [gate, open] of Object.entries(openings[to])) {
    await open(plane, release);
    expect((await gatesOf(plane, release, to)).get(gate), gate).toMatchObject({ state: 'passed' });
  }
}

describe('the runbook’s project, from the first commit to production, in its own times', () => {
  it('follows a merge into DEV, asks a person for SIT, and opens each of SIT’s gates by its evidence (REL-1, REL-2)', async () => {
    const plane = await access();
    const first = await mergeIntoDevelop(plane, 'feat: begin');
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'dev')).toBe(first);
    await openOneByOne(plane, first, 'sit');
    expect(await mayGo(plane, first, 'sit')).toMatchObject({ allowed: true });
    expect(await runs(plane, 'sit')).toBeUndefined();
    await plane.control.requestPromotion(plane.project, { release: first, to: 'sit' }, plane.as(bo));
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'sit')).toBe(first);
  });

  it('keeps a release out of SIT while DEV errs in 1 % of its requests, however long it soaks (REL-4)', async () => {
    const plane = await access(undefined, 1);
    const first = await mergeIntoDevelop(plane, 'feat: begin');
    await plane.clock.advance(minuteMs);
    await plane.clock.advance(48 * hourMs);
    const gates = await gatesOf(plane, first, 'sit');
    expect(gates.get('soak')).toMatchObject({ state: 'passed' });
    expect(gates.get('stability')).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('1 % of') as string,
    });
  });

  it('goes into PROD when UAT, the change board and two of four roles have spoken, and its window opens (REL-3, REL-7)', async () => {
    const plane = await access();
    const first = await mergeIntoDevelop(plane, 'feat: begin');
    await climbToSit(plane, first);
    expect(await runs(plane, 'sit')).toBe(first);
    await plane.control.requestPromotion(plane.project, { release: first, to: 'prod' }, plane.as(bo));
    await openOneByOne(plane, first, 'prod');
    expect((await mayGo(plane, first, 'prod')).blockers.map(({ kind }) => kind)).toEqual(['approvals']);
    await approveByTwo(plane, first);
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe(first);
    expect(new Date(plane.clock.now()).toISOString()).toMatch(/T22:0\d/u);
  });

  it('gives the next release 10 % for five minutes and watches it for two hours, then closes its change request (REL-8, REL-11)', async () => {
    const plane = await access();
    for (const message of ['feat: begin', 'feat: more']) {
      const release = await mergeIntoDevelop(plane, message);
      await climbToSit(plane, release);
      await climbToProd(plane, release);
      await plane.clock.advance(2 * minuteMs);
    }
    expect(await liveIn(plane)).toMatchObject({ version: '1.1.0', state: { phase: 'canary' } });
    await plane.clock.advance(10 * minuteMs);
    expect(await liveIn(plane)).toMatchObject({ state: { phase: 'watching' } });
    await plane.clock.advance(2 * hourMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
    const changes = await plane.control.changeRequests(plane.project, { release: '1.1.0' });
    expect(changes.items[0]?.state).toMatchObject({ phase: 'closed', outcome: 'implemented' });
  });

  it('takes a release back by itself whose errors pass 5 % (REL-9)', async () => {
    const plane = await access({ perSecond: 100, errors: { '1.1.0': 0.2 } });
    for (const message of ['feat: begin', 'feat: more']) {
      const release = await mergeIntoDevelop(plane, message);
      await climbToSit(plane, release);
      await climbToProd(plane, release);
      await plane.clock.advance(5 * minuteMs);
    }
    expect(await runs(plane, 'prod')).toBe('1.0.0');
    expect((await plane.control.release(plane.project, '1.1.0')).mark?.reason).toBeTruthy();
  });
});
