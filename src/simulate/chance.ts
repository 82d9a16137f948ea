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

/** A Poisson count, exact: by Knuth's product, in parts small enough for it (sums of Poisson counts are Poisson). */
export function poisson(chance: Chance, mean: number): number {
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
