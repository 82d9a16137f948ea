import { incompleteBeta } from './incomplete-beta.ts';

/**
 * One-sided exact bounds of a ratio (Clopper & Pearson, Biometrika 26, 1934), with counts x of n. `risk` is the
 * chance of the bound being wrong: 0.05 for 95 %. Whether a bound passes a limit is asked of the tail directly, which
 * costs one evaluation where the bound itself costs fifty.
 */

/** P(X ≥ x) for X ~ Binomial(n, ratio). */
export const chanceOfAtLeast = (x: number, n: number, ratio: number): number =>
  x <= 0 ? 1 : x > n ? 0 : incompleteBeta(ratio, x, n - x + 1);

/** P(X ≤ x) for X ~ Binomial(n, ratio). */
export const chanceOfAtMost = (x: number, n: number, ratio: number): number =>
  x >= n ? 1 : x < 0 ? 0 : incompleteBeta(1 - ratio, n - x, x + 1);

/** Whether the lower bound lies above the limit. False without a request. */
export const surelyOver = (x: number, n: number, limit: number, risk: number): boolean =>
  chanceOfAtLeast(x, n, limit) < risk;

/** Whether the upper bound lies at or under the limit. False without a request. */
export const surelyAtMost = (x: number, n: number, limit: number, risk: number): boolean =>
  chanceOfAtMost(x, n, limit) <= risk;

/** Lower bound of the ratio; 0 where nothing was counted. */
export const lowerBound = (x: number, n: number, risk: number): number =>
  x <= 0 ? 0 : crossing((ratio) => chanceOfAtLeast(x, n, ratio) >= risk);

/** Upper bound of the ratio; 1 where nothing is known. */
export const upperBound = (x: number, n: number, risk: number): number =>
  x >= n ? 1 : crossing((ratio) => chanceOfAtMost(x, n, ratio) <= risk);

/** The fewest requests that show a ratio at or under the limit when none of them failed: 59 for 5 % and 0.05. */
export const fewestWithoutError = (limit: number, risk: number): number =>
  Math.ceil(Math.log(risk) / Math.log1p(-limit) - 1e-9);

/** Where a question that is no at ratio 0 and yes at ratio 1 turns, within 1e-9. */
function crossing(isPast: (ratio: number) => boolean): number {
  let low = 0;
  let high = 1;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (isPast(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
