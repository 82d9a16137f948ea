import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Reached } from './reached.ts';

/** What a thread tells of one history. */
export interface Told {
  readonly seed: number;
  readonly broken: string | null;
  readonly steps: number;
  readonly virtualMs: number;
  readonly tallies: Reached['tallies'];
}

export interface Found {
  readonly histories: number;
  readonly broken: readonly { readonly seed: number; readonly problem: string }[];
  readonly reached: Reached;
  readonly steps: readonly number[];
  readonly virtualMs: readonly number[];
}

export interface Search {
  readonly first: number;
  /** Until it says no, before each. */
  readonly wantsMore: (done: number) => boolean;
  readonly stepsEach: number;
  readonly onDone: (found: Found) => void;
}

/** Runs histories on every core, one seed after the other. */
export async function search({ first, wantsMore, stepsEach, onDone }: Search): Promise<Found> {
  const reached = new Reached();
  const broken: { seed: number; problem: string }[] = [];
  const steps: number[] = [];
  const virtualMs: number[] = [];
  let begun = 0;
  const found = (): Found => ({ histories: steps.length, broken, reached, steps, virtualMs });
  const take = (told: Told): void => {
    reached.add(told.tallies);
    if (told.broken !== null) broken.push({ seed: told.seed, problem: told.broken });
    steps.push(told.steps);
    virtualMs.push(told.virtualMs);
    onDone(found());
  };
  const runThread = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(new URL('thread.ts', import.meta.url));
      const next = (): void => {
        if (!wantsMore(begun)) return void thread.terminate().then(() => resolve(), reject);
        thread.postMessage({ seed: first + begun, steps: stepsEach }, []);
        begun += 1;
      };
      thread.on('message', (told: Told) => {
        take(told);
        next();
      });
      thread.on('error', reject);
      next();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, runThread));
  return found();
}
