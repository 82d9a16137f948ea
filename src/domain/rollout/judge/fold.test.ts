import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../sample.ts';
import { baselineOf, foldSample, type JudgeState, judge, startJudging } from './index.ts';
import { after, api, canary, counts, sample, service, watching, web, well } from './judging.kit.ts';

const anyCounts = fc.option(
  fc
    .record({ good: fc.nat(40), errors: fc.nat(6), bucket: fc.nat(136) })
    .map(({ good, errors, bucket }) => counts(good + errors, errors, bucket)),
);
const anySample = (number: number): fc.Arbitrary<Sample> =>
  fc
    .record({
      candidate: anyCounts,
      stable: anyCounts,
      durationMs: fc.integer({ min: 1, max: 20_000 }),
      percent: fc.nat(100),
    })
    .map(({ candidate, stable, durationMs, percent }) =>
      sample(number, { [web]: service({ candidate, stable }) }, { durationMs, trafficPercent: percent }),
    );
const anyHistory = fc
  .integer({ min: 1, max: 40 })
  .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => anySample(index + 1))));
const anyStep = fc.constantFrom(canary, watching);

const folded = (step: typeof canary, history: readonly Sample[]): JudgeState =>
  history.reduce(foldSample, startJudging(step));

describe('folding samples', () => {
  it('keeps a state that is the same after a round trip through JSON', () => {
    fc.assert(
      fc.property(anyStep, anyHistory, (step, history) => {
        const state = folded(step, history);
        const back: unknown = JSON.parse(JSON.stringify(state));
        expect(back).toEqual(state);
        const judgement = judge(state, state.foldedMs);
        expect(JSON.parse(JSON.stringify(judgement))).toEqual(judgement);
      }),
    );
  });

  it('goes on from a stored state as if it had never been stored', () => {
    fc.assert(
      fc.property(anyStep, anyHistory, fc.nat(40), (step, history, cut) => {
        const stored = JSON.parse(JSON.stringify(folded(step, history.slice(0, cut)))) as JudgeState;
        expect(history.slice(cut).reduce(foldSample, stored)).toEqual(folded(step, history));
      }),
    );
  });

  it('takes no sample twice', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const state = folded(canary, history);
        expect(history.reduce(foldSample, state)).toBe(state);
      }),
    );
  });

  it('never changes the state it was given', () => {
    const before = after(canary, {}, 3);
    const copy = structuredClone(before);
    after(before, { candidate: counts(9, 9) }, 3);
    expect(before).toEqual(copy);
  });

  it('does not grow over two hours of watching', () => {
    const size = (state: JudgeState): number => JSON.stringify(state).length;
    const turn = (state: JudgeState): JudgeState =>
      after(state, { candidate: counts(25, 1, state.lastSample % 137) });
    let state = startJudging(watching);
    while (state.lastSample < 150) state = turn(state);
    const early = size(state);
    while (state.lastSample < 1440) state = turn(state);
    expect(size(state)).toBeLessThan(early + 1000);
    expect(size(state)).toBeLessThan(10_000);
  });

  it('keeps exposure and counts that never go down', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let state = startJudging(canary);
        for (const one of history) {
          const next = foldSample(state, one);
          const [was, is] = [judge(state, 0), judge(next, 0)];
          expect(is.exposureMs).toBeGreaterThanOrEqual(was.exposureMs);
          expect(is.exposureMs).toBeLessThanOrEqual(next.foldedMs);
          expect(is.services[web]?.candidate.requests).toBeGreaterThanOrEqual(
            was.services[web]?.candidate.requests ?? 0,
          );
          state = next;
        }
      }),
    );
  });

  it('takes a service that a sample does not name for unknown', () => {
    const state = foldSample(
      startJudging({ ...canary, services: [web, api] }),
      sample(1, { [web]: service({}) }),
    );
    expect(state.evidence[api]?.contract.last).toBe('unknown');
    expect(judge(state, 5_000).exposureMs).toBe(0);
  });
});

describe('several services', () => {
  const both = { ...canary, services: [web, api] };

  it('advance together, when the one seen least is ready', () => {
    let state = startJudging(both);
    for (let number = 1; number <= 60; number += 1)
      state = foldSample(
        state,
        sample(number, { [web]: service({}), [api]: service({ candidate: counts(number < 3 ? 0 : 5) }) }),
      );
    expect(judge(state, state.foldedMs)).toMatchObject({
      exposureMs: 290_000,
      verdict: { action: 'continue' },
    });
  });

  it('are taken back together: what takes back wins over what holds, whichever service comes first', () => {
    const slow = service({ candidate: counts(25, 0, 90) });
    const dead = service({ health: { ...well, exits: 1 } });
    const state = foldSample(startJudging(both), sample(1, { [web]: slow, [api]: dead }));
    expect(judge(state, 5_000).verdict).toMatchObject({ action: 'take back', rule: 'health', service: api });
  });
});

describe('the figures', () => {
  it('tell both versions over the step and over the last window', () => {
    const state = after(after(canary, { candidate: counts(25, 5), stable: counts(225, 40) }, 6), {}, 6);
    const figures = judge(state, state.foldedMs).services[web];
    expect(figures?.candidate).toMatchObject({
      requests: 300,
      errors: 30,
      errorRatio: 0.1,
      recentErrorRatio: 0,
      p95Ms: 16,
      requestsPerSecond: 5,
    });
    expect(figures?.stable.recentErrorRatio).toBeCloseTo(1 / 225, 9);
  });

  it('know nothing before the first sample', () => {
    const figures = judge(startJudging(canary), 0).services[web]?.candidate;
    expect(figures).toMatchObject({ requests: 0, errorRatio: null, p95Ms: null, requestsPerSecond: null });
  });

  it('show the frozen baseline for the stable version at 100 %', () => {
    const figures = judge(after(watching, { stable: counts(0) }, 3), 15_000).services[web]?.stable;
    expect(figures).toMatchObject({
      requests: 1000,
      errors: 5,
      errorRatio: 0.005,
      p95Ms: 16,
      recentErrorRatio: null,
    });
  });

  it('freeze what the stable version showed, and hand it on unchanged', () => {
    const frozen = baselineOf(after(canary, {}, 10));
    expect(frozen).toEqual({ [web]: { requests: 2250, errors: 10, p95Ms: 16 } });
    expect(baselineOf(after({ ...watching, baseline: frozen }, {}, 10))).toEqual(frozen);
  });
});
