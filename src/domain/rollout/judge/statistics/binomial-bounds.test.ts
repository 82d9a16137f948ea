import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chanceOfAtLeast,
  chanceOfAtMost,
  fewestWithoutError,
  lowerBound,
  surelyAtMost,
  surelyOver,
  upperBound,
} from './binomial-bounds.ts';

/** P(X ≤ x), added up term by term. */
function addedUp(x: number, n: number, ratio: number): number {
  let logTerm = n * Math.log1p(-ratio);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= x; k += 1) {
    logTerm += Math.log((n - k + 1) / k) + Math.log(ratio) - Math.log1p(-ratio);
    sum += Math.exp(logTerm);
  }
  return sum;
}

const counted = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]) => ({ n, x: Math.floor(share * n) }));
const ratio = fc.double({ min: 0.001, max: 0.9, noNaN: true });
const risk = fc.constantFrom(0.05, 0.001);

describe('Clopper–Pearson bounds', () => {
  it('have tails that equal the sum of the binomial terms', () => {
    fc.assert(
      fc.property(counted, ratio, ({ n, x }, p) => {
        expect(chanceOfAtMost(x, n, p)).toBeCloseTo(addedUp(x, n, p), 9);
        expect(chanceOfAtLeast(x, n, p)).toBeCloseTo(x === 0 ? 1 : 1 - addedUp(x - 1, n, p), 9);
      }),
    );
  });

  it('lie where the tail is the risk', () => {
    fc.assert(
      fc.property(counted, risk, ({ n, x }, alpha) => {
        if (x < n) expect(addedUp(x, n, upperBound(x, n, alpha))).toBeCloseTo(alpha, 5);
        if (x > 0) expect(1 - addedUp(x - 1, n, lowerBound(x, n, alpha))).toBeCloseTo(alpha, 5);
      }),
    );
  });

  it('enclose what was seen, and answer for a limit what the bound itself answers', () => {
    fc.assert(
      fc.property(counted, ratio, risk, ({ n, x }, limit, alpha) => {
        const [lower, upper] = [lowerBound(x, n, alpha), upperBound(x, n, alpha)];
        expect(lower).toBeLessThanOrEqual(x / n);
        expect(upper).toBeGreaterThanOrEqual(x / n);
        if (Math.abs(limit - lower) > 1e-6) expect(surelyOver(x, n, limit, alpha)).toBe(lower > limit);
        if (Math.abs(limit - upper) > 1e-6) expect(surelyAtMost(x, n, limit, alpha)).toBe(upper <= limit);
      }),
    );
  });

  it('need 59 requests without an error to show a ratio under 5 %', () => {
    expect(upperBound(0, 59, 0.05)).toBeCloseTo(1 - 0.05 ** (1 / 59), 8);
    expect(upperBound(0, 59, 0.05)).toBeCloseTo(0.0495, 4);
    expect(fewestWithoutError(0.05, 0.05)).toBe(59);
    expect(surelyAtMost(0, 59, 0.05, 0.05)).toBe(true);
    expect(surelyAtMost(0, 58, 0.05, 0.05)).toBe(false);
    expect([fewestWithoutError(0.5, 0.25), fewestWithoutError(0.5, 0.24)]).toEqual([2, 3]);
  });

  it('have the values of the closed forms at the ends', () => {
    expect(lowerBound(20, 20, 0.05)).toBeCloseTo(0.05 ** (1 / 20), 8);
    expect(lowerBound(1, 40, 0.001)).toBeCloseTo(1 - 0.999 ** (1 / 40), 8);
    expect(lowerBound(0, 20, 0.05)).toBe(0);
    expect(upperBound(20, 20, 0.05)).toBe(1);
    expect(upperBound(0, 0, 0.05)).toBe(1);
  });

  it('stay exact over more requests than two hours have', () => {
    const n = 1_000_000;
    expect(upperBound(50_000, n, 0.05)).toBeCloseTo(0.05 + 1.6449 * Math.sqrt((0.05 * 0.95) / n), 5);
    expect(chanceOfAtMost(50_000, n, 0.05) + chanceOfAtLeast(50_001, n, 0.05)).toBeCloseTo(1, 9);
  });

  it('are certain of what cannot be, and of what has to be', () => {
    expect([chanceOfAtLeast(5, 4, 0.9), chanceOfAtLeast(0, 4, 0.9), chanceOfAtLeast(-1, 4, 0.9)]).toEqual([
      0, 1, 1,
    ]);
    for (const ratio of [0.1, 0.5, 0.9, 0.99])
      expect([
        chanceOfAtMost(2, 2, ratio),
        chanceOfAtMost(3, 2, ratio),
        chanceOfAtMost(-1, 4, ratio),
      ]).toEqual([1, 1, 0]);
  });

  it('know what never happens and what always does', () => {
    expect([chanceOfAtLeast(1, 4, 0), chanceOfAtMost(3, 4, 0)]).toEqual([0, 1]);
    expect([chanceOfAtLeast(4, 4, 1), chanceOfAtMost(3, 4, 1)]).toEqual([1, 0]);
  });

  it('say nothing where nothing was counted', () => {
    expect(surelyOver(0, 0, 0.05, 0.001)).toBe(false);
    expect(surelyAtMost(0, 0, 0.05, 0.05)).toBe(false);
  });
});
