import { describe, expect, it } from 'vitest';
import { type JudgeState, judge } from './index.ts';
import { after, canary, counts, promoting, watching, web } from './judging.kit.ts';

const verdict = (state: JudgeState, elapsedMs = state.foldedMs) => judge(state, elapsedMs).verdict;
const closeness = (state: JudgeState) =>
  judge(state, state.foldedMs).closeness.find(({ rule }) => rule === 'advance');
const atMaximum = (state: JudgeState) => verdict(state, canary.maximumMs);

describe('advancing (R5)', () => {
  it('goes on after five minutes of exposure without a breach (REL-8)', () => {
    expect(verdict(after(canary, {}, 59)).action).toBe('continue');
    expect(verdict(after(canary, {}, 60))).toEqual({
      action: 'advance',
      detail: '5:00 of 5:00 seen; errors surely under 0.2 %',
    });
  });

  it('is content with 59 requests of which none failed, and not with 58', () => {
    const thin = after(canary, { candidate: counts(1), stable: counts(9) }, 58);
    const idle = after(thin, { candidate: counts(0), stable: counts(9) }, 5);
    expect(verdict(idle).action).toBe('continue');
    expect(verdict(after(idle, { candidate: counts(1), stable: counts(9) })).action).toBe('advance');
  });

  it('counts no time in which nothing could be measured', () => {
    const unknown = after(after(canary, {}, 59), { candidate: null }, 50);
    expect(judge(unknown, unknown.foldedMs).exposureMs).toBe(295_000);
    expect(verdict(unknown).action).toBe('continue');
    expect(verdict(after(unknown, {})).action).toBe('advance');
  });

  it('counts no time at less than the weight of the step', () => {
    const low = after(canary, {}, 60, { trafficPercent: 5 });
    expect(judge(low, low.foldedMs).exposureMs).toBe(0);
  });

  it('does not go on in a breach, however good it was before', () => {
    const late = after(after(canary, {}, 59), { candidate: counts(50, 20), stable: counts(450, 1) });
    expect(verdict(late).action).not.toBe('advance');
  });

  it('does not go on while any evidence stands above 10, and says which', () => {
    const worse = after(canary, { candidate: counts(100, 2), stable: counts(900, 1) }, 60);
    expect(atMaximum(worse)).toMatchObject({ action: 'hold', rule: 'advance' });
    expect(atMaximum(worse)).toHaveProperty(
      'detail',
      expect.stringContaining('errors are suspiciously many'),
    );
    expect(atMaximum(worse)).toHaveProperty(
      'detail',
      expect.stringContaining('beside 0.1 % of the stable version'),
    );
  });

  it('never goes on by default: without a request it is held at the maximum', () => {
    const nothing = after(canary, { candidate: counts(0) }, 360);
    expect(verdict(nothing)).toEqual({
      action: 'hold',
      rule: 'advance',
      service: web,
      sharedCause: false,
      detail: 'not enough evidence in 30 min: no request of the new version was measured',
    });
    expect(verdict(after(canary, { candidate: null }, 360)).action).toBe('hold');
    expect(verdict(after(canary, { candidate: counts(0) }, 359)).action).toBe('continue');
  });

  it('says that traffic is too thin to know', () => {
    const thin = after(after(canary, { candidate: counts(1) }, 23), { candidate: counts(0) }, 337);
    expect(verdict(thin)).toHaveProperty(
      'detail',
      'not enough evidence in 30 min: traffic is too thin to know: 23 requests, and 59 are the fewest that show errors under 5 %',
    );
  });

  it('says that the limit is too close to know', () => {
    const close = after(canary, { candidate: counts(25, 1), stable: counts(225, 9) }, 12);
    expect(atMaximum(close)).toHaveProperty(
      'detail',
      expect.stringContaining('the limit of 5 % is too close to know'),
    );
  });

  it('takes a stable version that is worse for no reason to wait: the release may be what mends it', () => {
    const mending = after(canary, { candidate: counts(25), stable: counts(225, 60) }, 60);
    expect(verdict(mending).action).toBe('advance');
  });

  it('needs only its small exposure at 100 %, where the lease is still on', () => {
    const seen = { candidate: counts(2), stable: null };
    expect(verdict(after(promoting, seen, 5)).action).toBe('continue');
    expect(verdict(after(promoting, seen, 6)).action).toBe('advance');
    expect(verdict(after(promoting, { candidate: counts(2, 1), stable: null }, 6)).action).not.toBe(
      'advance',
    );
    expect(verdict(after({ ...promoting, exposureMs: 0, maximumMs: 0 }, seen), 1).action).toBe('advance');
  });

  it('never ends the watch by itself, and reports how much of it was observed (REL-11)', () => {
    const watched = after(after(watching, { stable: null }, 100), { candidate: null, stable: null }, 20);
    expect(verdict(watched, 10 * watching.maximumMs)).toEqual({ action: 'continue' });
    expect(closeness(watched)?.detail).toBe('10:00 of 2:00:00 watched; 8:20 of it observed');
  });

  it('says how close it is', () => {
    expect(closeness(after(canary, {}, 36))).toEqual({
      rule: 'advance',
      service: web,
      share: 0.6,
      detail: '3:00 of 5:00 seen; errors surely under 0.4 %',
    });
  });
});
