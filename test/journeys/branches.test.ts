import { describe, expect, it } from 'vitest';
import type { PromotionView } from '../../src/lifecycle/views.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import {
  access,
  approveByTwo,
  bo,
  climbToProd,
  climbToSit,
  mergeIntoDevelop,
  openings,
} from './access.kit.ts';
import { minuteMs, runs } from './ladder.kit.ts';

/** A person pushes a branch whose tree is that of a release, as a merge without changes of its own gives. */
async function push(plane: Plane, ref: string, version: string): Promise<void> {
  const { tree, commit } = await plane.control.release(plane.project, version);
  await plane.control.branchesMoved(plane.project, [{ ref, commit, tree }]);
  await plane.clock.advance(minuteMs);
}

const openIn = async (plane: Plane, environment: string): Promise<readonly PromotionView[]> =>
  (await plane.control.promotions(plane.project, { environment, open: true })).items;

const promote = (plane: Plane, release: string, to: string) =>
  plane.control.requestPromotion(plane.project, { release, to }, plane.as(bo));

async function inDev(): Promise<readonly [Plane, string]> {
  const plane = await access();
  const version = await mergeIntoDevelop(plane, 'feat: begin');
  await plane.clock.advance(minuteMs);
  return [plane, version];
}

describe('a branch of an environment that people promote into', () => {
  it('asks when it is pushed, and waits for a person with everything else that is missing (REL-1)', async () => {
    const [plane, version] = await inDev();
    await push(plane, 'release/v1.0.0', version);
    const [asked, ...more] = await openIn(plane, 'sit');
    expect(more).toEqual([]);
    expect(asked?.requestedBy).toMatchObject({ kind: 'automation', rule: 'merge into release/v1.0.0' });
    const kinds = asked?.admission.blockers.map(({ kind }) => kind);
    expect(kinds?.slice(0, 3)).toEqual(['merged', 'tests', 'coverage']);
    expect(asked?.admission.blockers[0]).toMatchObject({
      reason: 'A merge into release/v1.0.0 asks for 1.0.0 in sit, where a person says when.',
      wayOut: 'Promote it: rung promote 1.0.0 --to sit',
    });
    for (const open of Object.values(openings.sit)) await open(plane, version);
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'sit')).toBeUndefined();
    expect((await openIn(plane, 'sit'))[0]?.admission.blockers.map(({ kind }) => kind)).toEqual(['merged']);
  });

  it('goes in the name of who promotes it, as the very ask of the merge', async () => {
    const [plane, version] = await inDev();
    await push(plane, 'release/v1.0.0', version);
    const [asked] = await openIn(plane, 'sit');
    await climbToSit(plane, version);
    expect(await runs(plane, 'sit')).toBe(version);
    const { items } = await plane.control.promotions(plane.project, { environment: 'sit' });
    expect(items).toMatchObject([{ id: asked?.id, requestedBy: { id: bo } }]);
  });

  it('asks once, however often the branch is pushed or cut anew', async () => {
    const [plane, version] = await inDev();
    await push(plane, 'release/v1.0.0', version);
    await push(plane, 'release/v1.0.0', version);
    await push(plane, 'release/v1.0.0-again', version);
    expect(await openIn(plane, 'sit')).toHaveLength(1);
    await climbToSit(plane, version);
    await push(plane, 'release/v1.0', version);
    expect(await openIn(plane, 'sit')).toEqual([]);
  });

  it('says once, where people look, that a fix committed straight onto it has to go back first (REL-14)', async () => {
    const [plane, version] = await inDev();
    await push(plane, 'release/v1.0.0', version);
    const services = { grants: 'grants mended', people: 'people: feat: begin' };
    const fix = await plane.release('fix: a hole', services, 'release/v1.0.0');
    await plane.clock.advance(minuteMs);
    const { tree, commit } = await plane.control.release(plane.project, fix);
    await plane.control.branchesMoved(plane.project, [{ ref: 'release/v1.0.0', commit, tree }]);
    await mergeIntoDevelop(plane, 'feat: meanwhile');
    await plane.clock.advance(minuteMs);
    const wayOut =
      'It was built from release/v1.0.0, and dev follows develop: merge release/v1.0.0 back into develop, and what is built there climbs. Or promote it to dev first: rung promote 1.0.1 --to dev';
    const { recent } = await plane.control.board(plane.project, plane.as(bo));
    expect(recent.filter(({ kind }) => kind === 'promotion.refused').map(({ message }) => message)).toEqual([
      `release/v1.0.0 asks for 1.0.1 in sit, and may not: 1.0.1 has not run in dev; the way to sit leads through it. ${wayOut}`,
    ]);
    const { admission } = await plane.control.why(plane.project, fix, 'sit', plane.as(bo));
    expect(admission.blockers.find(({ kind }) => kind === 'order')?.wayOut).toBe(wayOut);
  });

  it('asks by itself once its release has climbed, where it was pushed too early', async () => {
    const plane = await access();
    const version = await mergeIntoDevelop(plane, 'feat: begin');
    const { tree, commit } = await plane.control.release(plane.project, version);
    await plane.control.branchesMoved(plane.project, [{ ref: 'release/v1.0.0', commit, tree }]);
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'dev')).toBe(version);
    expect(await openIn(plane, 'sit')).toHaveLength(1);
  });

  it('takes nothing out of the way that a person asked for', async () => {
    const [plane, first] = await inDev();
    await promote(plane, first, 'sit');
    const second = await mergeIntoDevelop(plane, 'feat: more');
    await plane.clock.advance(minuteMs);
    await push(plane, 'release/v1.1.0', second);
    expect(await openIn(plane, 'sit')).toMatchObject([{ release: { version: first } }]);
  });

  it('keeps the approvals that a merge into main was given, and starts when a person promotes it (REL-1, OPS-8)', async () => {
    const [plane, version] = await inDev();
    await climbToSit(plane, version);
    await push(plane, 'main', version);
    for (const open of Object.values(openings.prod)) await open(plane, version);
    await approveByTwo(plane, version);
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBeUndefined();
    await promote(plane, version, 'prod');
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'prod')).toBe(version);
  });

  it('is no way back in for a release that was taken out by hand', async () => {
    const [plane, first] = await inDev();
    await climbToSit(plane, first);
    await climbToProd(plane, first);
    const second = await mergeIntoDevelop(plane, 'feat: more');
    await climbToSit(plane, second);
    await plane.control.requestRollback(
      plane.project,
      { environment: 'sit', reason: 'grants are lost' },
      plane.as(bo),
    );
    await plane.clock.advance(minuteMs);
    await push(plane, 'release/v1.1.0', second);
    expect(await runs(plane, 'sit')).toBe(first);
    expect(await openIn(plane, 'sit')).toEqual([]);
  });
});
