import { describe, expect, it } from 'vitest';
import { type JudgeState, judge } from './index.ts';
import { after, api, canary, counts, promoting, sample, service, watching, web } from './judging.kit.ts';
import { foldSample, startJudging } from './index.ts';

const verdict = (state: JudgeState) => judge(state, state.foldedMs).verdict;
const closeness = (state: JudgeState) =>
  judge(state, state.foldedMs).closeness.find(({ rule }) => rule === 'early stop');

describe('the early stop (R2)', () => {
  it('takes back within a minute what fails one request in ten, long before two minutes are over', () => {
    const state = after(canary, { candidate: counts(25, 3), stable: counts(225, 1) }, 10);
    expect(verdict(state)).toMatchObject({ action: 'take back', rule: 'early stop', service: web });
    expect(verdict(state)).toHaveProperty(
      'detail',
      expect.stringMatching(
        /^surely worse than 5 % errors: \d+ of \d+ requests failed \(12 %\) beside 0.4 % of stable; evidence .* of 100$/,
      ),
    );
  });

  it('takes back what fails every request within a few of them', () => {
    expect(verdict(after(canary, { candidate: counts(4, 4), stable: counts(36) }))).toMatchObject({
      action: 'take back',
      rule: 'early stop',
    });
  });

  it('needs both: errors under the limit are not enough, however much worse than stable', () => {
    const state = after(canary, { candidate: counts(100, 3), stable: counts(900, 0) }, 60);
    expect(state.evidence[web] && verdict(state).action).not.toBe('take back');
  });

  it('needs both: errors like those of the stable version are a shared cause', () => {
    const state = after(canary, { candidate: counts(25, 5), stable: counts(225, 45) }, 10);
    expect(verdict(state)).toMatchObject({ action: 'hold', rule: 'early stop', sharedCause: true });
    expect(verdict(state)).toHaveProperty('detail', expect.stringContaining('not to blame'));
  });

  it('asks for twice the evidence where two services are judged', () => {
    expect(closeness(after({ ...canary, services: [web, api] }, {}))?.detail).toMatch(/of 200$/);
    const least = (services: (typeof web)[]): number => {
      let state = startJudging({ ...canary, services });
      while (verdict(state).action !== 'take back') {
        const failing = service({ candidate: counts(25, 3), stable: counts(225, 1) });
        const seen = Object.fromEntries(services.map((name) => [name, name === web ? failing : service({})]));
        state = foldSample(state, sample(state.lastSample + 1, seen));
      }
      return state.lastSample;
    };
    expect(least([web, api, 'mail' as typeof web, 'jobs' as typeof web])).toBeGreaterThanOrEqual(
      least([web]),
    );
  });

  it('reads the share of traffic that was really seen, sample by sample', () => {
    const even = { candidate: counts(100, 8), stable: counts(100, 8) };
    const few = { candidate: counts(10, 1), stable: counts(190, 19) };
    const mixed = after(after(canary, even, 12), few, 12, { trafficPercent: 5 });
    expect(mixed.evidence[web]?.relative.logs.every((log) => log < 0)).toBe(true);
  });

  it('learns nothing relative from a sample in which one version had no request', () => {
    const before = after(canary, {});
    const alone = after(before, { candidate: counts(5, 1), stable: null });
    expect(alone.evidence[web]?.relative).toEqual(before.evidence[web]?.relative);
  });

  it('needs the absolute evidence alone once there is no stable version beside (REL-11)', () => {
    for (const step of [promoting, watching]) {
      const state = after(step, { candidate: counts(250, 30), stable: counts(225, 1) }, 10);
      expect(verdict(state)).toMatchObject({ action: 'take back', rule: 'early stop' });
      expect(JSON.stringify(verdict(state))).not.toContain('beside');
    }
  });

  it('finds a regression that begins after an hour of watching within two minutes (REL-11)', () => {
    let state = after(watching, { candidate: counts(25), stable: counts(0) }, 720);
    let turns = 0;
    while (verdict(state).action !== 'take back') {
      state = after(state, { candidate: counts(25, turns % 2 === 0 ? 3 : 2), stable: counts(0) });
      turns += 1;
    }
    expect(verdict(state)).toHaveProperty('rule', 'early stop');
    expect(turns * 5).toBeLessThanOrEqual(120);
  });

  it('says how close it is', () => {
    expect(closeness(after(canary, {}, 12))).toMatchObject({ share: 0, detail: 'evidence under 0.1 of 100' });
    const near = closeness(after(canary, { candidate: counts(25, 2), stable: counts(225, 1) }, 8));
    expect(near?.share).toBeGreaterThan(0.1);
    expect(near?.share).toBeLessThan(1);
  });
});
