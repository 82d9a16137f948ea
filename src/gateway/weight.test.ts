import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Digest, RolloutId, ServiceName } from '../domain/ids.ts';
import type { WeightSpec } from '../domain/traffic.ts';
import {
  cover,
  effectivePercent,
  emptyBook,
  expire,
  renew,
  restore,
  takeBack,
  weigh,
  weightState,
} from './weight.ts';
import type { Candidates, WeightBook } from './weight.ts';

const rollout = 'rollout-1' as RolloutId;
const other = 'rollout-2' as RolloutId;
const web = 'web' as ServiceName;
const api = 'api' as ServiceName;
const candidates: Candidates = { [web]: 'sha256:a' as Digest };
const word = (of: Partial<WeightSpec> = {}): WeightSpec => ({
  rollout,
  generation: 1,
  percent: 10,
  leaseMs: 30_000,
  ...of,
});
const weighed = (of: Partial<WeightSpec> = {}, nowMs = 0): WeightBook =>
  weigh(emptyBook, word(of), candidates, nowMs);

describe('the weight of a rollout', () => {
  it('is in effect while its lease is renewed', () => {
    const book = renew(weighed(), rollout, 1, 30_000, 20_000);
    expect(effectivePercent(book, 49_999)).toBe(10);
    expect(weightState(book, 40_000)?.lease).toEqual({ state: 'held', leftMs: 10_000 });
  });

  it('goes to stable the moment nobody renewed in time, before anybody looks', () => {
    const book = weighed();
    expect(effectivePercent(book, 29_999)).toBe(10);
    expect(effectivePercent(book, 30_000)).toBe(0);
  });

  it('stays at stable for a generation whose lease ran out, however often it is renewed or said again', () => {
    const late = expire(weighed(), 30_000);
    expect(() => renew(late, rollout, 1, 30_000, 30_001)).toThrow(
      expect.objectContaining({ kind: 'conflict', code: 'lease-expired' }),
    );
    const again = weigh(late, word(), candidates, 30_002);
    expect(effectivePercent(again, 30_002)).toBe(0);
    expect(weightState(again, 30_002)?.lease).toEqual({ state: 'expired' });
  });

  it('is exposed again after its lease ran out only under a newer generation', () => {
    const late = expire(weighed(), 30_000);
    expect(effectivePercent(weigh(late, word({ generation: 2 }), candidates, 40_000), 40_000)).toBe(10);
  });

  it('needs nobody to renew it when it has no lease', () => {
    const book = weighed({ leaseMs: null, percent: 100 });
    expect(effectivePercent(book, 1e12)).toBe(100);
    expect(renew(book, rollout, 1, 5_000, 10)).toBe(book);
  });

  it('gets no new lease from the same word said twice', () => {
    const again = weigh(weighed(), word(), candidates, 20_000);
    expect(effectivePercent(again, 30_000)).toBe(0);
  });

  it('refuses a generation that is older, or says something else under the same number', () => {
    const book = weighed({ generation: 5 });
    expect(() => weigh(book, word({ generation: 4 }), candidates, 1)).toThrow(
      expect.objectContaining({ code: 'generation-stale' }),
    );
    expect(() => weigh(book, word({ generation: 5, percent: 50 }), candidates, 1)).toThrow(
      expect.objectContaining({ code: 'generation-contradicted' }),
    );
  });

  it('remembers the last word of a rollout when another one came between', () => {
    const book = weigh(weighed({ generation: 5 }), word({ rollout: other }), candidates, 1);
    expect(() => weigh(book, word({ generation: 4 }), candidates, 2)).toThrow(
      expect.objectContaining({ code: 'generation-stale' }),
    );
  });

  it('never exposes again what was taken back (REL-9)', () => {
    const book = takeBack(weighed({ generation: 3 }), rollout, 3, 'errors');
    expect(effectivePercent(book, 1)).toBe(0);
    expect(() => weigh(book, word({ generation: 2 }), candidates, 2)).toThrow(
      expect.objectContaining({ code: 'generation-taken-back' }),
    );
    expect(() => renew(book, rollout, 3, 1_000, 2)).toThrow(
      expect.objectContaining({ code: 'generation-taken-back' }),
    );
  });

  it('takes back a generation before it ever came', () => {
    const book = takeBack(emptyBook, rollout, 3, 'errors');
    expect(() => weigh(book, word({ generation: 3 }), candidates, 2)).toThrow(
      expect.objectContaining({ code: 'generation-taken-back' }),
    );
  });

  it('is about the candidates it was set for: another one is not exposed by an old word', () => {
    const book = cover(weighed(), { ...candidates, [api]: 'sha256:b' as Digest });
    expect(effectivePercent(book, 1)).toBe(0);
    expect(effectivePercent(weigh(book, word(), candidates, 2), 2)).toBe(10);
  });

  it('does not expose a candidate that left the routes and came back', () => {
    const gone = cover(weighed(), {});
    expect(effectivePercent(gone, 1)).toBe(10);
    expect(effectivePercent(cover(gone, candidates), 1)).toBe(0);
  });
});

describe('the weight after a restart', () => {
  it('goes on with the time that was left, within one boot', () => {
    expect(effectivePercent(restore(weighed(), true, 29_999), 29_999)).toBe(10);
    expect(effectivePercent(restore(weighed(), true, 30_000), 30_000)).toBe(0);
  });

  it('counts as run out after another boot, or where the clock is another one', () => {
    expect(weightState(restore(weighed({}, 90_000), false, 100), 100)?.lease).toEqual({ state: 'expired' });
    expect(weightState(restore(weighed({}, 90_000), true, 100), 100)?.lease).toEqual({ state: 'expired' });
  });

  it('keeps a weight without a lease through any boot', () => {
    expect(effectivePercent(restore(weighed({ leaseMs: null }), false, 5), 5)).toBe(10);
  });
});

it('never gives the candidate a request after a take-back, whatever words come late and in whatever order', () => {
  const late = fc.record({
    generation: fc.integer({ min: 1, max: 5 }),
    percent: fc.constantFrom(0, 10, 100),
    act: fc.constantFrom('weigh', 'renew', 'cover', 'expire', 'restore'),
    stepMs: fc.integer({ min: 0, max: 40_000 }),
  });
  fc.assert(
    fc.property(fc.array(late, { maxLength: 30 }), (words) => {
      let nowMs = 0;
      let book = takeBack(weighed({ generation: 5 }), rollout, 5, 'errors');
      for (const { generation, percent, act, stepMs } of words) {
        nowMs += stepMs;
        try {
          if (act === 'weigh') book = weigh(book, word({ generation, percent }), candidates, nowMs);
          if (act === 'renew') book = renew(book, rollout, generation, 30_000, nowMs);
          if (act === 'cover') book = cover(book, candidates);
          if (act === 'expire') book = expire(book, nowMs);
          if (act === 'restore') book = restore(book, true, nowMs);
        } catch {
          // Refused, as it should be.
        }
        expect(effectivePercent(book, nowMs)).toBe(0);
      }
    }),
  );
});
