import { parentPort, workerData } from 'node:worker_threads';
import { rows } from './judge-figures-rows.ts';
import { runsOf } from './judge-figures-runs.ts';

/** So many runs of one row. */
export interface Part {
  readonly row: number;
  readonly first: number;
  readonly runs: number;
}

const { seed } = workerData as { readonly seed: number };

parentPort?.on('message', ({ row: index, first, runs }: Part) => {
  const row = rows[index];
  if (row !== undefined) parentPort?.postMessage(runsOf(row, runs, seed, first), []);
});
