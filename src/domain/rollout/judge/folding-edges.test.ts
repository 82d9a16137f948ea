import { describe, expect, it } from 'vitest';
import { foldHealth, startHealth } from './health.ts';
import { type JudgeState, judge } from './index.ts';
import { after, canary, counts, promoting, watching, web, well } from './judging.kit.ts';

const verdict = (state: JudgeState) => judge(state, state.foldedMs).verdict;
const of = (state: JudgeState) => {
  const seen = state.evidence[web];
  if (seen === undefined) throw new Error('no service');
  return seen;
};

describe('health at its edges', () => {
  it('blames a release for a failure though as many instances answer as before', () => {
    const calm = after(canary, {}, 3);
    for (const failure of [{ exits: 1 }, { refused: 1 }, { failedProbes: 1 }])
      expect(verdict(after(calm, { health: { ...well, ...failure } }))).toMatchObject({
        action: 'take back',
        rule: 'health',
      });
  });

  it('keeps what the failure was when instances come back without another', () => {
    const failed = after(watching, { health: { ...well, healthy: 2, exits: 2 } });
    const back = after(failed, {});
    expect(verdict(back)).toEqual(verdict(failed));
    expect(of(back).health.instances).toEqual({ wanted: 4, healthy: 4 });
  });

  it('takes back nothing of which no instance is wanted', () => {
    expect(verdict(after(watching, { health: { ...well, wanted: 0, healthy: 0 } }, 3)).action).toBe(
      'continue',
    );
  });

  it('is the same where nothing new was seen, and another with any change', () => {
    const seen = foldHealth(startHealth, well, 5_000);
    expect(foldHealth(seen, well, 10_000)).toBe(seen);
    for (const other of [{ wanted: 5 }, { healthy: 3 }, { wanted: 3, healthy: 3 }]) {
      const { wanted, healthy } = { ...well, ...other };
      expect(foldHealth(seen, { ...well, ...other }, 10_000).instances).toEqual({ wanted, healthy });
    }
    const none = foldHealth(seen, { ...well, healthy: 0 }, 10_000);
    expect(none.noneHealthy).toBe(true);
    expect(foldHealth(foldHealth(none, well, 15_000), well, 20_000).noneHealthy).toBe(true);
  });
});

describe('folding at its edges', () => {
  it('spreads the times at which a release may go bad over the watch, or two hours', () => {
    const startedAfter = (maximumMs: number) =>
      of(after({ ...watching, maximumMs }, { stable: null }, 36)).absolute.started;
    expect(startedAfter(7_200_000)).toBeCloseTo(0.1 + 0.9 / 40, 9);
    expect(startedAfter(3_600_000)).toBeCloseTo(0.1 + 0.9 / 20, 9);
    expect(startedAfter(0)).toBe(startedAfter(7_200_000));
    expect(of(after(canary, {}, 36)).absolute.started).toBe(1);
    expect(of(after(promoting, {}, 36)).absolute.started).toBe(1);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -5_000])(
    'counts no time for a sample of %d ms',
    (durationMs) => {
      const state = after(after(canary, {}, 2), {}, 1, { durationMs });
      expect([state.foldedMs, state.lastSample]).toEqual([10_000, 3]);
    },
  );

  it('has a full slot with nine tenths of its length, and as many as make the window', () => {
    const slots = (durationMs: number, times: number) =>
      of(after(canary, {}, times, { durationMs })).window.length;
    expect([slots(4_499, 1), slots(4_500, 1)]).toEqual([0, 1]);
    expect([slots(5_500, 20), slots(5_000, 20), slots(20_000, 20)]).toEqual([5, 6, 2]);
  });

  it('has not observed what it cannot know', () => {
    const idle = after(canary, { candidate: counts(0) }, 10);
    expect([of(idle).observedMs, of(idle).exposureMs]).toEqual([0, 0]);
    const failing = after(canary, { candidate: counts(10, 9) }, 2);
    expect([of(failing).observedMs, of(failing).exposureMs]).toEqual([10_000, 0]);
  });

  it('tells recent figures from the first sample on', () => {
    const first = after(canary, { candidate: counts(10, 1) }, 1, { durationMs: 1_000 });
    expect(judge(first, 1_000).services[web]?.candidate).toMatchObject({
      recentErrorRatio: 0.1,
      requestsPerSecond: 10,
    });
    const later = after(after(canary, { candidate: counts(10, 1) }, 6), { candidate: counts(10) }, 6);
    const more = after(later, { candidate: counts(90, 90) }, 1, { durationMs: 1_000 });
    expect(judge(more, 1_000).services[web]?.candidate.recentErrorRatio).toBe(0);
  });
});
