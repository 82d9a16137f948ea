import { listText, spanText } from '../domain/wording.ts';
import type { Ended, Met, Played } from './played.ts';
import type { Expectation } from './scenario/types.ts';

/** What of the expectation did not hold, as sentences. */
export function judged(expected: Expectation | null, ended: Ended, met: Met): Played['expectation'] {
  if (expected === null) return null;
  const { ends, by, withinMs, metAtMost } = expected;
  const misses = [
    ...(ends.includes(ended.as) ? [] : [`It ended as ${endedText(ended)}, not as ${listText(ends, 'or')}.`]),
    ...(!ends.includes(ended.as) || by === null || ended.by === by
      ? []
      : [`It was ${ended.as} by ${ended.by ?? 'nobody'}, not by ${by}.`]),
    ...(withinMs === null || ended.atMs <= withinMs
      ? []
      : [`It was decided after ${spanText(ended.atMs)}, not within ${spanText(withinMs)}.`]),
    ...(metAtMost === null || met.requests <= metAtMost
      ? []
      : [`${met.requests} requests met the new version, not ${metAtMost} at most.`]),
  ];
  return { held: misses.length === 0, misses };
}

/** `rolled back by early stop` */
export const endedText = ({ as, by }: Pick<Ended, 'as' | 'by'>): string =>
  by === null ? as : `${as} by ${by}`;
