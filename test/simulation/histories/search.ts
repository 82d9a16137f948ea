import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Reached } from './reached.ts';

/** What a thread tells of one history. */
export interface Told {
  readonly seed: number;
  readonly broken: { readonly invariant: string; readonly problem: string } | null;
  readonly steps: number;
  readonly virtualMs: number;
  readonly tallies: Reached['tallies'];
}

export interface Found {
  readonly histories: number;
  readonly broken: readonly {
    readonly seed: number;
    readonly invariant: string;
    readonly problem: string;
  }[];
  readonly reached: Reached;
  readonly steps: readonly number[];
  readonly virtualMs: readonly number[];
}

export interface Search {
  readonly first: number;
  /** Until it says no, before each. */
  readonly wantsMore: (begun: number) => boolean;
  readonly stepsEach: number;
  readonly onDone: (found: Found) => void;
}

/** Runs histories on every core, one seed after the other. What throws where nobody catches it is a defect, too. */
export async function search({ first, wantsMore, stepsEach, onDone }: Search): Promise<Found> {
  const reached = new Reached();
  const broken: { seed: number; invariant: string; problem: string }[] = [];
  const steps: number[] = [];
  const virtualMs: number[] = [];
  let begun = 0;
  const found = (): Found => ({ histories: steps.length, broken, reached, steps, virtualMs });
  const take = (told: Told): void => {
    reached.add(told.tallies);
    if (told.broken !== null) broken.push({ seed: told.seed, ...told.broken });
    steps.push(told.steps);
    virtualMs.push(told.virtualMs);
    onDone(found());
  };
  const runThread = (): Promise<void> =>
    new Promise((resolve) => {
      const thread = new Worker(new URL('thread.ts', import.meta.url));
      let seed = 0;
      const over = (): void => void thread.terminate().then(() => resolve());
      const next = (): void => {
        if (!wantsMore(begun)) return over();
        seed = first + begun;
        begun += 1;
        thread.postMessage({ seed, steps: stepsEach }, []);
      };
      thread.on('message', (told: Told) => {
        take(told);
        next();
      });
      thread.on('error', (thrown: Error) => {
        const problem = `no-defect: nobody caught ${thrown.stack ?? thrown.message}`;
        take({
          seed,
          broken: { invariant: 'no-defect', problem },
          steps: stepsEach,
          virtualMs: 0,
          tallies: new Reached().tallies,
        });
        // What threw is over; whatever is left to try goes on in another thread.
        if (wantsMore(begun)) void runThread().then(resolve);
        else resolve();
      });
      next();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, runThread));
  return found();
}
