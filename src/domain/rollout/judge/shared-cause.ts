import type { Ratio } from './evidence.ts';
import { surelyOver } from './statistics/binomial-bounds.ts';

/** How many times the baseline's error ratio a release may have before it is called worse than it. */
export const toleratedMultiple = 1.5;

/**
 * Whether the baseline is as bad as the new version: surely (95 %) over the limit itself, and the new version no more
 * than 1.5 times as bad. Then the cause is shared. Where too little is known of the baseline the answer is no.
 */
export function baselineIsAsBad(candidate: Ratio, baseline: Ratio, limit: number): boolean {
  if (candidate.requests === 0) return false;
  const ratio = candidate.errors / candidate.requests;
  const baselineRatio = baseline.errors / baseline.requests;
  if (ratio > toleratedMultiple * baselineRatio) return false;
  return surelyOver(baseline.errors, baseline.requests, limit, 0.05);
}
