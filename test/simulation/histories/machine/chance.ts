import { digestOf } from '../../../../src/domain/canonical.ts';
import { type Chance, chanceFrom } from '../../../../src/simulate/chance.ts';

/** A stream of its own for each purpose: what one draws more or less of moves nothing in the others. */
export const chanceFor = (seed: number, purpose: string): Chance =>
  chanceFrom(Number.parseInt(digestOf(`${seed} ${purpose}`).slice(7, 15), 16));

export function pick<T>(chance: Chance, from: readonly T[]): T {
  const chosen = from[Math.floor(chance() * from.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}

/** From, up to, and more often small than large: each order of magnitude as often as the next. */
export const spanMs = (chance: Chance, fromMs: number, toMs: number): number =>
  Math.round(fromMs * (toMs / fromMs) ** chance());
