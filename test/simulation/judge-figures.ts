import { availableParallelism } from 'node:os';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../../src/engine/clock.ts';
import { rows } from './judge-figures-rows.ts';
import { addOutcomes, noOutcomes, type Outcomes } from './judge-figures-runs.ts';
import { figuresFrom, isMissed, printed } from './judge-figures-table.ts';
import type { Part } from './judge-figures-thread.ts';

/**
 * Prints what the product's own judge does with simulated rollouts, beside what counting would do: `node
 * test/simulation/judge-figures.ts [runs of each row] [seed]`. The four rules are over the first five minutes, or over five
 * from when the release turns bad; the endings over the whole rollout, two hours of watching included. All rows go forward
 * together: interrupted, it prints what all of them have. Exits with 1 where the runs show that a figure is not reached.
 */
const runs = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 1);
const runsOfPart = Math.min(100, runs);

const parts: Part[] = [];
for (let first = 0; first < runs; first += runsOfPart)
  for (const row of rows.keys()) parts.push({ row, first, runs: Math.min(runsOfPart, runs - first) });

const done = new Map<Part, Outcomes>();
const startedMs = systemClock.monotonicMs();
const waiting = parts.values();
const threads = Array.from({ length: Math.min(availableParallelism(), parts.length) }, startThread);

function startThread(): Worker {
  const thread = new Worker(new URL('judge-figures-thread.ts', import.meta.url), { workerData: { seed } });
  let part: Part | undefined;
  const next = (): void => {
    part = waiting.next().value;
    if (part !== undefined) thread.postMessage(part, []);
  };
  thread.on('message', (outcomes: Outcomes) => {
    if (part !== undefined) done.set(part, outcomes);
    report();
    if (done.size === parts.length) end();
    else next();
  });
  thread.on('error', (thrown) => {
    throw thrown;
  });
  next();
  return thread;
}

function report(): void {
  const share = done.size / parts.length;
  const spentMs = systemClock.monotonicMs() - startedMs;
  const left = Math.round((spentMs * (1 - share)) / share / 1000);
  const end = process.stderr.isTTY ? '\r' : '\n';
  if (process.stderr.isTTY || done.size % rows.length === 0)
    process.stderr.write(
      `${(share * 100).toFixed(1)} % after ${Math.round(spentMs / 1000)} s, ${left} s to go   ${end}`,
    );
}

/** Of the runs that every row has. */
function end(): void {
  for (const thread of threads) void thread.terminate();
  const missing = parts.find((part) => !done.has(part));
  const complete = missing?.first ?? runs;
  const sums = rows.map(() => noOutcomes);
  for (const [{ row, first }, outcomes] of done)
    if (first < complete) sums[row] = addOutcomes(sums[row] ?? noOutcomes, outcomes);
  if (complete === 0) process.exit(130);
  const figures = rows.map((row, index) => figuresFrom(row, sums[index] ?? noOutcomes));
  const missed = figures.filter(isMissed).map(({ row }) => `${row.name}: figure not reached`);
  const heading = `${complete} runs of each row, seed ${seed}`;
  process.stdout.write(`${[heading, '', printed(figures), ...missed].join('\n')}\n`, () =>
    process.exit(missed.length === 0 ? 0 : 1),
  );
}

process.once('SIGINT', end);
