import { describe, expect, it } from 'vitest';
import { judge } from './index.ts';
import { after, canary, counts, watching, web } from './judging.kit.ts';

const verdict = (state: ReturnType<typeof after>) => judge(state, state.foldedMs).verdict;
const closeness = (state: ReturnType<typeof after>) =>
  judge(state, state.foldedMs).closeness.find(({ rule }) => rule === 'contract');

/** Errors beside a baseline that has a little fewer than two thirds of them: R2 stays silent, and R1 speaks alone. */
const tenPercent = { candidate: counts(50, 5), stable: counts(225, 14) };
const frozen = { ...watching, baseline: { [web]: { requests: 1000, errors: 5, p95Ms: 16 } } };

describe('the contract (R1)', () => {
  it('takes back a release whose errors pass 5 % for two minutes (REL-9)', () => {
    const clean = { stable: counts(0) };
    const almost = after(canary, { candidate: counts(50, 5), ...clean }, 24);
    expect(verdict(almost).action).toBe('continue');
    const whole = after(almost, { candidate: counts(50, 5), ...clean });
    expect(verdict(whole)).toEqual({
      action: 'take back',
      rule: 'contract',
      service: web,
      detail:
        'errors over 5 % for 2 min: in breach for 2:00, 125 of 1,250 requests failed (10 %), surely over 7.5 %',
    });
  });

  it('holds where a breach of two minutes may still be chance, and says so', () => {
    const [failing, fine] = [1, 0].map((errors) => ({ candidate: counts(5, errors), stable: counts(0) }));
    let state = after(canary, failing ?? {});
    while (state.foldedMs < 130_000) state = after(after(state, fine ?? {}, 2), failing ?? {});
    expect(verdict(state)).toMatchObject({ action: 'hold', rule: 'contract', sharedCause: false });
    expect(JSON.stringify(verdict(state))).toContain('may still be chance');
  });

  it('forgets a breach with the first window that is OK', () => {
    const state = after(after(canary, tenPercent, 20), { candidate: counts(50), stable: counts(225) }, 6);
    expect(state.evidence[web]?.contract).toEqual({ last: 'ok', breach: null });
  });

  it('neither ends nor lengthens a breach by what it cannot know', () => {
    const breach = after(canary, tenPercent, 11);
    const unknown = after(breach, { candidate: null }, 100);
    expect(unknown.evidence[web]?.contract).toEqual({
      last: 'unknown',
      breach: breach.evidence[web]?.contract.breach,
    });
    expect(closeness(unknown)?.detail).toContain('0:50 of 2:00 in breach');
    expect(closeness(unknown)?.detail).toContain('cannot tell at the moment');
  });

  it('calls a window without a request unknown, never OK', () => {
    expect(after(canary, { candidate: counts(0) }, 6).evidence[web]?.contract.last).toBe('unknown');
  });

  it('calls a count that is not a number unknown', () => {
    const broken = { candidate: { ...counts(20), requests: Number.NaN } };
    expect(after(canary, broken, 6).evidence[web]?.contract.last).toBe('unknown');
  });

  it('counts errors that come without their request', () => {
    const torn = after(canary, { candidate: { ...counts(0), errors: 3 } });
    expect(torn.evidence[web]?.candidate).toMatchObject({ requests: 3, errors: 3 });
  });

  it('holds and does not blame the release where the baseline is as bad', () => {
    const shared = after(canary, { candidate: counts(25, 5), stable: counts(225, 45) }, 25);
    expect(verdict(shared)).toMatchObject({ action: 'hold', sharedCause: true });
  });

  it('sees a cause that is shared at once in an outage of both, before any rule could blame the release', () => {
    const outage = after(canary, { candidate: counts(3, 3), stable: counts(27, 27) }, 1);
    expect(verdict(outage).action).not.toBe('take back');
  });

  it('blames a release that is twice as bad as a bad baseline', () => {
    const worse = after(canary, { candidate: counts(50, 10), stable: counts(225, 18) }, 25);
    expect(verdict(worse).action).toBe('take back');
  });

  it('compares with the frozen baseline at 100 %', () => {
    const bad = { candidate: counts(250, 25), stable: counts(0) };
    expect(verdict(after(frozen, bad, 25)).action).toBe('take back');
    const asBad = { ...watching, baseline: { [web]: { requests: 1000, errors: 90, p95Ms: 16 } } };
    expect(verdict(after(asBad, bad, 25))).toMatchObject({ action: 'hold', sharedCause: true });
  });

  it('says how close it is', () => {
    expect(closeness(after(canary, {}, 3))).toEqual({
      rule: 'contract',
      service: web,
      share: 0,
      detail: '0 s in breach',
    });
    const half = closeness(after(canary, tenPercent, 13));
    expect(half).toMatchObject({
      share: 0.5,
      detail: '1:00 of 2:00 in breach; 65 of 650 requests failed (10 %)',
    });
  });

  it('makes slots of about F/24 out of samples that come more often, or a little early', () => {
    const often = after(canary, { candidate: counts(5) }, 60, { durationMs: 1_000 });
    expect(often.evidence[web]?.window.map((slot) => slot.durationMs)).toEqual([
      5000, 5000, 5000, 5000, 5000, 5000,
    ]);
    const early = after(canary, {}, 60, { durationMs: 4_950 });
    expect(early.evidence[web]?.window).toHaveLength(6);
  });
});
