import { parentPort } from 'node:worker_threads';
import { runHistory } from './history.ts';
import type { Told } from './search.ts';

async function tell(seed: number, most: number): Promise<void> {
  const { broken, steps, virtualMs, reached } = await runHistory(seed, most);
  const told: Told = {
    seed,
    broken: broken === null ? null : { invariant: broken.invariant, problem: broken.message },
    steps: steps.length,
    virtualMs,
    tallies: reached.tallies,
  };
  parentPort?.postMessage(told, []);
}

parentPort?.on('message', ({ seed, steps }: { readonly seed: number; readonly steps: number }) => {
  void tell(seed, steps);
});
