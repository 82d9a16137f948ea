import { describe, expect, it } from 'vitest';
import { inCanary, type Ladder, liveIn, minuteMs, runs } from './ladder.kit.ts';

const quiet = 0.2;
const advance = async (plane: Ladder, person: string, dryRun = false) =>
  plane.control.advance(
    plane.project,
    (await liveIn(plane)).id,
    { reason: 'the shop is closed today', dryRun },
    plane.as(person),
  );

/** 1.1.0 at 10 % of a traffic that is too thin to know. */
async function held(errors: Record<string, number> = {}): Promise<Ladder> {
  const plane = await inCanary({ perSecond: quiet, errors });
  await plane.clock.advance(31 * minuteMs);
  expect((await liveIn(plane)).state).toMatchObject({
    phase: 'held',
    percent: 10,
    reason: { kind: 'insufficient evidence' },
  });
  return plane;
}

describe('a rollout that is held for want of evidence', () => {
  it('goes on when a person answers for it, and the log says who and why (REL-8)', async () => {
    const plane = await held();
    expect((await liveIn(plane)).advance).toEqual({
      next: 'Promoting',
      roles: ['engineering-lead', 'devops-lead', 'qa-lead'],
      off: null,
    });
    const promoted = await advance(plane, 'ada@example.org');
    expect(promoted.state.phase).toBe('promoting');
    const { items } = await plane.control.log(plane.project, { environment: 'prod' });
    const told = items.find((one) => one.kind === 'rollout.advanced');
    expect(told?.message).toMatch(
      /^ada@example\.org promoted 1\.1\.0 in prod on thin evidence, from 10 % to 100 %: the shop is closed today\. It was held: insufficient evidence/u,
    );
    expect(told?.payload).toMatchObject({ by: { id: 'ada@example.org' }, fromPercent: 10, toPercent: 100 });
    await plane.clock.advance(30 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
  });

  it('stays armed afterwards: what turns out bad is taken back (REL-9)', async () => {
    const errors: Record<string, number> = {};
    const plane = await held(errors);
    await advance(plane, 'ada@example.org');
    errors['1.1.0'] = 1;
    await plane.clock.advance(20 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.0.0');
    expect((await plane.control.release(plane.project, '1.1.0')).mark).not.toBeNull();
  });

  it('shows where it would go, and changes nothing, when only asked', async () => {
    const plane = await held();
    expect((await advance(plane, 'ada@example.org', true)).wantedPercent).toBe(100);
    expect((await liveIn(plane)).state.phase).toBe('held');
  });

  it('is let on by nobody who could not approve there, and by no program', async () => {
    const plane = await held();
    await expect(advance(plane, 'nobody@example.org')).rejects.toMatchObject({ code: 'role-unknown' });
    await expect(advance(plane, 'dot@example.org')).rejects.toMatchObject({ code: 'advance-role-missing' });
    const program = { ...plane.as('ada@example.org'), actor: { kind: 'automation', rule: 'x' } as const };
    const { id } = await liveIn(plane);
    await expect(plane.control.advance(plane.project, id, { reason: 'x' }, program)).rejects.toMatchObject({
      code: 'person-needed',
    });
  });

  it('that fell to 0 % waits for its agent before a person can let it on', async () => {
    const plane = await inCanary();
    plane.prod.stop();
    await plane.clock.advance(minuteMs);
    const lost = await liveIn(plane);
    expect(lost.state).toMatchObject({ phase: 'held', percent: 0 });
    expect(lost.advance?.off).toMatch(/^Nobody judges/u);
    await expect(advance(plane, 'ada@example.org')).rejects.toMatchObject({ code: 'judge-not-back' });
    plane.prod.go();
    await plane.clock.advance(10_000);
    expect((await advance(plane, 'ada@example.org')).state.phase).toBe('promoting');
    await plane.clock.advance(30 * minuteMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
  });
});
