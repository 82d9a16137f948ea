import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logAdd, logSum } from './log-sum.ts';

const logs = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 10 });

describe('sums in log space', () => {
  it('equal the plain sum where that can be had', () => {
    fc.assert(
      fc.property(logs, (list) => {
        const plain = Math.log(list.reduce((sum, log) => sum + Math.exp(log), 0));
        expect(logSum(list)).toBeCloseTo(plain, 9);
        expect(list.reduce(logAdd)).toBeCloseTo(plain, 9);
      }),
    );
  });

  it('neither overflow nor vanish', () => {
    expect(logSum([-5000, -5000])).toBeCloseTo(-5000 + Math.LN2, 9);
    expect(logAdd(90_000, 90_000)).toBeCloseTo(90_000 + Math.LN2, 9);
    expect(logAdd(Number.NEGATIVE_INFINITY, 3)).toBe(3);
    const nothing = Number.NEGATIVE_INFINITY;
    expect([logSum([]), logSum([nothing, nothing]), logAdd(nothing, nothing)]).toEqual(
      Array.from({ length: 3 }, () => nothing),
    );
  });
});
