import { logGamma } from '../domain/rollout/judge/statistics/incomplete-beta.ts';

/** Random numbers in [0, 1) from a seed: sfc32 (Doty-Humphrey, PractRand), seeded by splitmix32. */
export type Chance = () => number;

export function chanceFrom(seed: number): Chance {
  let mix = seed | 0;
  const next = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, turn] = [next(), next(), next(), 1];
  return () => {
    const sum = (((a + b) | 0) + turn) | 0;
    turn = (turn + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
}

/**
 * A Poisson count, exact. By Knuth's product, in parts small enough for it (sums of Poisson counts are Poisson); for a mean
 * over `large` (10 at the least) by transformed rejection, which takes no longer the larger the mean. What a seed
 * draws depends on it: who makes millions of draws sets it low, a scenario keeps to what it has always drawn.
 */
export function poisson(chance: Chance, mean: number, large = 1000): number {
  if (mean > large) return largePoisson(chance, mean);
  let [count, left] = [0, mean];
  while (left > 0) {
    const part = Math.min(left, 400);
    const floor = Math.exp(-part);
    let product = chance();
    while (product > floor) {
      count += 1;
      product *= chance();
    }
    left -= part;
  }
  return count;
}

/** Algorithm PTRS of Hörmann, "The transformed rejection method for generating Poisson random variables" (1993). */
function largePoisson(chance: Chance, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = chance() - 0.5;
    const v = chance();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const hat = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (hat <= count * Math.log(mean) - mean - logGamma(count + 1)) return count;
  }
}
