import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import { type Instant, later, type PromotionId } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { withCourse } from './course.ts';
import { aRollout, inCanary, preflight, start } from './rollout.kit.ts';
import { enterHeld, enterNextStep, enterRollingBack, settle } from './transitions.ts';

const asked = aPromotionOf(aReleaseOf('1.1.0', { web: 'web 2' }));
const promoting = enterNextStep(enterNextStep(inCanary, start), start);
const watching = enterNextStep(promoting, start);
const held = enterHeld(inCanary, { kind: 'judge lost' }, 0, start);
const heldAtWatch = enterHeld(watching, { kind: 'judge lost' }, null, start);
const backing = enterRollingBack(inCanary, { kind: 'start', detail: 'x' }, start);
const at = (minutes: number): Instant => later(start, minutes * 60_000);

/** Through these states, one a minute. */
const through = (first: Rollout, ...then: readonly Rollout[]): Promotion =>
  then.reduce(
    ({ before, promotion }, after, index) => ({
      before: after,
      promotion: withCourse(before, after, promotion, at(index + 1)),
    }),
    { before: first, promotion: asked },
  ).promotion;

describe('the course of a promotion', () => {
  it.each<[string, readonly [Rollout, ...(readonly Rollout[])]]>([
    ['nothing changes', [inCanary, { ...inCanary, lastSample: 9 }]],
    ['it starts', [preflight, inCanary]],
    ['it takes the next step', [inCanary, enterNextStep(inCanary, start)]],
    ['it is held', [inCanary, held]],
    ['it stays held', [held, { ...held, lastSample: 9 }]],
  ])('is not written down while %s', (_, states) => {
    expect(through(...states)).toBe(asked);
  });

  it.each<[string, readonly [Rollout, ...(readonly Rollout[])], Partial<Promotion['course']>]>([
    ['when all traffic is on it and it is watched', [promoting, watching], { fullAt: at(1) }],
    ['when it went in all at once', [promoting, settle(promoting, start)], { fullAt: at(1) }],
    [
      'when it began to be watched, not when that ended',
      [promoting, watching, settle(watching, start)],
      { fullAt: at(1) },
    ],
    ['when it began to be taken back', [inCanary, backing], { fullAt: null, takenBackAt: at(1) }],
    [
      'when it began to be taken back, not when that ended',
      [inCanary, backing, { ...backing, state: { ...backing.state } }],
      { takenBackAt: at(1) },
    ],
    [
      'both, where it was taken back from the watch',
      [promoting, watching, backing],
      { fullAt: at(1), takenBackAt: at(2) },
    ],
  ])('says %s', (_, states, course) => {
    const { course: kept, ...rest } = through(...states);
    expect(kept).toEqual({ fullAt: null, takenBackAt: null, holds: [], ...course });
    expect(rest).toEqual(asked);
  });

  it('keeps each hold from when it began to when it was over', () => {
    const again = enterHeld(inCanary, { kind: 'insufficient evidence', detail: 'thin' }, null, at(2));
    const { course } = through(held, inCanary, again, inCanary);
    expect(course).toMatchObject({ fullAt: null, takenBackAt: null });
    expect(course?.holds.map(({ since, until }) => [since, until])).toEqual([
      [start, at(1)],
      [at(2), at(3)],
    ]);
    expect(course?.holds[1]?.reason).toContain('thin');
  });

  it('does not call it anew that all traffic is on it when a hold of the watch is over', () => {
    const { course } = through(promoting, watching, heldAtWatch, watching);
    expect(course).toMatchObject({ fullAt: at(1), holds: [{ since: start, until: at(3) }] });
  });

  it('keeps the latest holds, where there are very many', () => {
    const states = Array.from({ length: 30 }, () => [inCanary, held]).flat();
    const holds = through(held, ...states).course?.holds ?? [];
    expect(holds).toHaveLength(20);
    expect(holds.at(-1)?.until).toBe(at(59));
    expect(holds[0]?.until).toBe(at(21));
  });

  it('is as it was where it gave way to another', () => {
    const gone = aRollout({ phase: 'superseded', by: 'p' as PromotionId, at: start });
    expect(through(inCanary, gone)).toBe(asked);
  });
});
