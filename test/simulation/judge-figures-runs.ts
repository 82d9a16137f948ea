import type { RuleName } from '../../src/domain/rollout/judge/index.ts';
import { chanceFrom } from '../../src/simulate/chance.ts';
import { type FirstMinutes, judgeFirstMinutes } from './judge-figures-counting.ts';
import { type Ending, simulateRollout } from './judge-figures-rollout.ts';
import type { Row } from './judge-figures-rows.ts';

/** What came of so many runs of a row. Plain data: it is handed from thread to thread, and added up. */
export interface Outcomes {
  readonly runs: number;
  /** When each of these was decided, in milliseconds since the rollout began. */
  readonly atMs: Readonly<Record<Ending['outcome'], readonly number[]>>;
  readonly rules: Readonly<Partial<Record<RuleName, number>>>;
  readonly firstMs: Readonly<Record<keyof FirstMinutes, readonly number[]>>;
}

export const noOutcomes: Outcomes = {
  runs: 0,
  atMs: { advanced: [], held: [], 'rolled back': [] },
  rules: {},
  firstMs: { literal: [], argoLike: [], contract: [], earlyStop: [] },
};

/** Runs `first` up to `first + runs` of a row. Each has a seed of its own, so that it comes out the same alone. */
export function runsOf(row: Row, runs: number, seed: number, first = 0): Outcomes {
  const seeds = Array.from({ length: runs }, (_, index) => Math.imul(seed + first + index, 0x9e3779b1));
  const endings = seeds.map((one) => simulateRollout(chanceFrom(one), row.traffic));
  const firsts = seeds.map((one) => judgeFirstMinutes(chanceFrom(one), row.traffic, row.badFromMs));
  const timesOf = (outcome: Ending['outcome']): readonly number[] =>
    endings.filter((ending) => ending.outcome === outcome).map(({ atMs }) => atMs);
  const spoken = (by: keyof FirstMinutes): readonly number[] =>
    firsts.map((one) => one[by]).filter((time) => time !== null);
  const rules: Partial<Record<RuleName, number>> = {};
  for (const { rule } of endings) if (rule !== null) rules[rule] = (rules[rule] ?? 0) + 1;
  return {
    runs,
    atMs: { advanced: timesOf('advanced'), held: timesOf('held'), 'rolled back': timesOf('rolled back') },
    rules,
    firstMs: {
      literal: spoken('literal'),
      argoLike: spoken('argoLike'),
      contract: spoken('contract'),
      earlyStop: spoken('earlyStop'),
    },
  };
}

/** In whichever order: what is made of them does not depend on it. */
export function addOutcomes(left: Outcomes, right: Outcomes): Outcomes {
  const rules = { ...left.rules };
  for (const [rule, count] of Object.entries(right.rules) as [RuleName, number][])
    rules[rule] = (rules[rule] ?? 0) + count;
  return {
    runs: left.runs + right.runs,
    atMs: joined(left.atMs, right.atMs),
    rules,
    firstMs: joined(left.firstMs, right.firstMs),
  };
}

const joined = <Key extends string>(
  left: Readonly<Record<Key, readonly number[]>>,
  right: Readonly<Record<Key, readonly number[]>>,
): Record<Key, readonly number[]> => {
  const sum = { ...left } as Record<Key, readonly number[]>;
  for (const key of Object.keys(left) as Key[]) sum[key] = [...left[key], ...right[key]];
  return sum;
};
