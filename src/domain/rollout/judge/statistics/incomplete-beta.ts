/** Lanczos, g = 7, nine terms (Godfrey 2001): relative error below 1e-14 for arguments from 0.5 up. */
const lanczosFirst = 0.99999999999980993;
const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x), for x of 0.5 and more: counts of requests never need less. */
export function logGamma(x: number): number {
  const shifted = x - 1;
  const base = shifted + lanczos.length - 0.5;
  let series = lanczosFirst;
  for (const [index, weight] of lanczos.entries()) series += weight / (shifted + index + 1);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
}

/** The fraction converges in about √max(a, b) turns: this is enough for more requests than a day has. */
const mostTurns = 100_000;

/**
 * Lentz's evaluation of the continued fraction (DLMF 8.17.22). With whole a and b, and x under (a + 1)/(a + b + 2), nothing that
 * it divides by comes near zero: odd terms are above −1, even ones are not negative up to m = b, where it ends.
 */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= mostTurns; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-14) return fraction;
  }
  return fraction;
}

/** Regularised incomplete beta function I_x(a, b), for whole a and b of 1 and more and x from 0 to 1. */
export function incompleteBeta(x: number, a: number, b: number): number {
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on this side of the mean; the other side is its mirror.
  if (x < (a + 1) / (a + b + 2)) return (front * continuedFraction(x, a, b)) / a;
  return 1 - (front * continuedFraction(1 - x, b, a)) / b;
}
