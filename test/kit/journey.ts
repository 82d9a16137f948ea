import { it, type TestContext } from 'vitest';

type Stage = (context: TestContext) => void | Promise<void>;

/**
 * For tests that tell one story, each from where the one before it ended: once one of them did not hold, those after it
 * are skipped by its name, instead of failing for a reason that is not theirs.
 */
export function oneJourney(): (name: string, stage: Stage) => void {
  let stoppedAt: string | null = null;
  return (name, stage) => {
    it(name, async (context) => {
      if (stoppedAt !== null) context.skip(`the journey ended at: ${stoppedAt}`);
      stoppedAt = name;
      await stage(context);
      stoppedAt = null;
    });
  };
}
