import { describe, expect, it } from 'vitest';
import { type JudgeState, judge } from './index.ts';
import { after, canary, counts, watching, web } from './judging.kit.ts';

const verdict = (state: JudgeState) => judge(state, state.foldedMs).verdict;
const closeness = (state: JudgeState) =>
  judge(state, state.foldedMs).closeness.find(({ rule }) => rule === 'latency');

/** The baseline's p95 is 16 ms; three times that is 48 ms, which lies in bucket 45 (up to 49.4 ms). */
const atTheBound = 45;

describe('latency (R4)', () => {
  it('holds and asks a person when p95 passes three times the baseline (REL-9)', () => {
    const slow = after(canary, { candidate: counts(25, 0, atTheBound + 1) }, 2);
    expect(verdict(slow)).toEqual({
      action: 'hold',
      rule: 'latency',
      service: web,
      sharedCause: false,
      detail: 'answers are slow: p95 54 ms, over the 49 ms that are 3 times the baseline',
    });
  });

  it('rounds three times the baseline up to a bound, so that what may be faster is not called slow', () => {
    expect(verdict(after(canary, { candidate: counts(25, 0, atTheBound) }, 24)).action).toBe('continue');
  });

  it('knows no baseline before 59 requests', () => {
    const few = after(canary, { candidate: counts(25, 0, 80), stable: counts(29) }, 2);
    expect(verdict(few).action).toBe('continue');
    expect(closeness(few)?.detail).toBe('no baseline yet: 58 of 59 requests');
    expect(verdict(after(few, { candidate: counts(25, 0, 80), stable: counts(29) })).action).toBe('hold');
  });

  it('is silent where the baseline is as slow', () => {
    const slow = { candidate: counts(25, 0, 80), stable: counts(225, 0, 80) };
    expect(verdict(after(canary, slow, 24)).action).toBe('continue');
  });

  it('is silent again once answers are fast again', () => {
    const recovered = after(after(canary, { candidate: counts(25, 0, 80) }, 2), {}, 7);
    expect(verdict(recovered).action).not.toBe('hold');
  });

  it('finds answers that get slow after an hour of watching', () => {
    const slow = after(
      after(watching, { stable: null }, 720),
      { candidate: counts(25, 0, 80), stable: null },
      3,
    );
    expect(verdict(slow)).toHaveProperty('rule', 'latency');
  });

  it('asks nobody without a baseline', () => {
    const first = { ...watching, baseline: null };
    expect(verdict(after(first, { candidate: counts(25, 0, 80), stable: null }, 30)).action).toBe('continue');
  });

  it('says how close it is', () => {
    const near = closeness(after(canary, {}, 3));
    expect(near?.detail).toBe('p95 16 ms, asks a person at 49 ms; evidence under 0.1 of 100');
    expect(near?.share).toBe(0);
  });
});
