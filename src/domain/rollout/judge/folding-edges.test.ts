import { describe, expect, it } from 'vitest';
import { foldHealth, startHealth } from './health.ts';
import { baselineOf, type JudgeState, judge, startJudging } from './index.ts';
import { after, api, canary, counts, promoting, watching, web, well } from './judging.kit.ts';
import { baselineIsAsBad } from './shared-cause.ts';
import { latencyCloseness, speakLatency } from './slow-answers.ts';

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

  it('never unsays two failures that were near to each other, nor mixes one from before in', () => {
    const failing = (times: number) => ({ health: { ...well, exits: times } });
    const twice = after(after(after(watching, failing(1)), {}, 60), failing(1));
    const later = after(after(twice, {}, 400), failing(1));
    expect(verdict(later).action).toBe('take back');
    const far = after(after(after(watching, failing(1)), {}, 400), failing(2));
    expect(verdict(far)).toMatchObject({ action: 'take back', rule: 'health' });
    expect(JSON.stringify(verdict(far))).toContain('2 processes ended');
  });

  it('tells how near it is: half of the way for ten minutes, and all of it where it speaks', () => {
    const share = (state: JudgeState) =>
      judge(state, state.foldedMs).closeness.find(({ rule }) => rule === 'health')?.share;
    const once = after(watching, { health: { ...well, exits: 1 } });
    expect([share(once), share(after(once, {}, 120)), share(after(once, {}, 121))]).toEqual([0.5, 0.5, 0]);
    expect(share(after(watching, { health: { ...well, exits: 2 } }))).toBe(1);
    expect(share(after(canary, { health: { ...well, refused: 1 } }))).toBe(1);
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

describe('the baseline at its edges', () => {
  const share = (requests: number, errors: number) => ({ requests, errors });

  it('is as bad where the new version has up to one and a half times its errors', () => {
    expect(baselineIsAsBad(share(1000, 375), share(1000, 250), 0.05)).toBe(true);
    expect(baselineIsAsBad(share(1000, 376), share(1000, 250), 0.05)).toBe(false);
  });

  it('is never as bad where one of the two had no request', () => {
    expect(baselineIsAsBad(share(0, 0), share(1000, 400), 0.05)).toBe(false);
    expect(baselineIsAsBad(share(1000, 400), share(0, 0), 0.05)).toBe(false);
  });

  it('that is frozen is handed on, whatever is seen meanwhile', () => {
    const baseline = { [web]: { requests: 77, errors: 7, p95Ms: 20 } };
    expect(baselineOf(after({ ...watching, baseline }, {}, 10))).toEqual(baseline);
  });

  it('is known from 59 requests on', () => {
    const detail = (requests: number) => {
      const step = { ...watching, baseline: { [web]: { requests, errors: 0, p95Ms: 16 } } };
      return latencyCloseness(step, web, of(after(step, { stable: null }))).detail;
    };
    expect([detail(58), detail(59)]).toEqual([
      expect.stringContaining('no baseline yet'),
      expect.stringContaining('asks a person at 49 ms'),
    ]);
  });

  it('sees slow answers before their slot is full', () => {
    const fast = after(watching, { stable: null }, 6);
    const slow = after(fast, { candidate: counts(900, 0, 80), stable: null }, 1, { durationMs: 1_000 });
    expect(latencyCloseness(watching, web, of(slow)).detail).toMatch(/^p95 1024 ms/u);
  });

  it('calls nobody slow on weak evidence, nor at the very bound', () => {
    const slow = of(after(watching, { candidate: counts(25, 0, 46), stable: null }, 6));
    const sure = { ...slow, slower: { started: 1, logs: slow.slower.logs.map(() => 9) } };
    const unsure = { ...slow, slower: { started: 1, logs: slow.slower.logs.map(() => 1) } };
    const atBound = of(after(watching, { candidate: counts(25, 0, 45), stable: null }, 6));
    expect(speakLatency(watching, web, sure)).toMatchObject({ action: 'hold', rule: 'latency' });
    expect(speakLatency(watching, web, unsure)).toBeNull();
    expect(speakLatency(watching, web, { ...atBound, slower: sure.slower })).toBeNull();
    const share = (seen: ReturnType<typeof of>) => latencyCloseness(watching, web, seen).share;
    const fast = of(after(watching, { stable: null }, 6));
    expect([share(sure), share({ ...atBound, slower: sure.slower })]).toEqual([1, 0.99]);
    expect(share(unsure)).toBeCloseTo(1 / Math.log(100), 9);
    expect(share({ ...fast, slower: sure.slower })).toBeCloseTo(16 / 2 ** (45 / 8), 9);
    const two = { ...watching, services: [web, api] };
    expect(latencyCloseness(two, web, sure).detail).toMatch(/ of 200$/u);
  });
});

describe('folding at its edges', () => {
  it('has no exposure where nothing is judged', () => {
    expect(judge(startJudging({ ...canary, services: [] }), 0).exposureMs).toBe(0);
  });

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
