import { type Outcome, runHistory } from './history.ts';
import type { Step } from './steps/step.ts';

/** Most runs that are spent on making one history shorter. */
const mostRuns = 300;

/**
 * A history that breaks the same invariant in fewer steps: leaves out ever smaller parts as long as it still breaks (ddmin
 * of Zeller and Hildebrandt, 2002). What is left to chance in a step stays with it, whatever comes before.
 */
export async function shrink(broken: Outcome, onShorter: (steps: number) => void): Promise<Outcome> {
  let best = broken;
  let runs = 0;
  let size = Math.ceil(best.steps.length / 2);
  while (size >= 1 && runs < mostRuns) {
    let isShorter = false;
    for (let from = 0; from < best.steps.length && runs < mostRuns; ) {
      const fewer = best.steps.toSpliced(from, size);
      runs += 1;
      const tried = await runHistory(best.seed, fewer);
      if (tried.broken?.invariant === broken.broken?.invariant) {
        best = tried;
        isShorter = true;
        onShorter(best.steps.length);
      } else from += size;
    }
    if (size === 1 && !isShorter) break;
    if (!isShorter) size = Math.floor(size / 2);
    else size = Math.max(1, Math.min(size, Math.floor(best.steps.length / 2)));
  }
  return best;
}

export const stepsText = (steps: readonly Step[]): string =>
  steps.map(({ name, salt }) => `${name} #${salt}`).join('\n');
