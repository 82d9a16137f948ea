import type { Rollout } from '../../../../src/domain/rollout/types.ts';
import type { Commit } from '../plane/ledger.ts';

/** Each rollout that a commit wrote, with what it was before. */
export const written = ({ puts }: Commit) =>
  puts.flatMap((put) =>
    put.kind === 'rollout' && put.after !== undefined
      ? [{ before: put.before as Rollout | undefined, after: put.after as Rollout }]
      : [],
  );

/** The first problem of any of them. */
export const first = <T>(all: readonly T[], problem: (one: T) => string | null): string | null => {
  for (const one of all) {
    const found = problem(one);
    if (found !== null) return found;
  }
  return null;
};
