/** Numbers from 0 to 1, the same for the same seed. (mulberry32: small, and good enough for lots.) */
export function lotsFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const drawn = <T>(lot: () => number, from: readonly T[]): T | undefined =>
  from[Math.floor(lot() * from.length)];
