import { describe, expect, it } from 'vitest';
import type { CanaryStep, RolloutPolicy } from '../../domain/project-file/types.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { foldNew } from './decide-rollout.ts';
import { aRollout, inCanary, policy, samples, start, web } from './rollout.kit.ts';
import { enterFirstStep, enterHeld, enterNextStep, resume } from './transitions.ts';

/** By a canary of these steps, in the first of them. */
const climbing = (canary: readonly CanaryStep[], other: Partial<RolloutPolicy> = {}): Rollout =>
  enterFirstStep(
    aRollout({ phase: 'preflight', since: start }, { policy: { ...policy, canary, ...other } }),
    start,
  );
const stepOf = ({ judge }: Rollout) => judge?.step;
const minutes = (count: number): number => count * 60_000;
const full = { percent: 100, exposureMs: 0, maximumMs: 0 } as const;

describe('what a step is judged by', () => {
  // Errors are judged over 2 minutes in windows of 5 s, and 4 of them are the least that a step is looked at.
  const leastMs = 20_000;

  it.each<[string, Partial<CanaryStep>, number, number]>([
    ['as declared', { exposureMs: minutes(5), maximumMs: minutes(30) }, minutes(5), minutes(30)],
    [
      'six times its exposure at the most, where nothing else is declared',
      { exposureMs: minutes(5), maximumMs: 0 },
      minutes(5),
      minutes(30),
    ],
    ['a few windows at the least', { exposureMs: 0, maximumMs: 0 }, leastMs, 6 * leastMs],
    [
      'no less at the most than its exposure',
      { exposureMs: minutes(5), maximumMs: minutes(1) },
      minutes(5),
      minutes(5),
    ],
  ])(
    'is how long it is exposed, and how long that may take: %s (REL-8)',
    (_, declared, exposureMs, maximumMs) => {
      const step = { percent: 10, exposureMs: 0, maximumMs: 0, ...declared };
      expect(stepOf(climbing([step, full]))).toMatchObject({ phase: 'canary', exposureMs, maximumMs });
      const atOnce = climbing([{ ...step, percent: 100 }]);
      expect(stepOf(atOnce)).toMatchObject({ phase: 'promoting', exposureMs, maximumMs });
    },
  );

  it('is the share of the traffic it asks for, and the limits that are declared', () => {
    expect(stepOf(inCanary)).toMatchObject({
      services: [web],
      trafficPercent: 10,
      errorLimit: policy.errors.limit,
      errorForMs: policy.errors.forMs,
      latencyFactor: policy.latency.factor,
      baseline: null,
    });
    const promoting = enterNextStep(enterNextStep(inCanary, start), start);
    expect(stepOf(promoting)).toMatchObject({ phase: 'promoting', trafficPercent: 100 });
    expect(stepOf(enterNextStep(promoting, start))).toMatchObject({
      phase: 'watching',
      trafficPercent: 100,
      maximumMs: policy.watchMs,
      exposureMs: leastMs,
    });
  });

  it('goes on to 100 % where no step of the canary says so', () => {
    const only = climbing([{ percent: 10, exposureMs: minutes(1), maximumMs: 0 }]);
    const promoting = enterNextStep(only, start);
    expect(promoting.state.phase).toBe('promoting');
    expect(stepOf(promoting)).toMatchObject({ exposureMs: leastMs, maximumMs: 6 * leastMs });
  });

  it('is beside the stable version as the canary saw it last, when there is none beside it any more', () => {
    const canary = foldNew(
      enterNextStep(inCanary, start),
      samples(inCanary, 20, { percent: 50, generation: inCanary.generation + 1 }),
    );
    const promoting = enterNextStep(canary, start);
    const { baseline } = stepOf(promoting) ?? {};
    expect(baseline).toHaveProperty(web);
    const measured = foldNew(promoting, samples(promoting, 20, { percent: 100 }));
    const watching = enterNextStep(measured, start);
    expect(stepOf(watching)?.baseline).toEqual(baseline);
    const held = enterHeld(watching, { kind: 'judge lost' }, null, start);
    expect(stepOf(resume(held, start))?.baseline).toEqual(baseline);
  });
});
