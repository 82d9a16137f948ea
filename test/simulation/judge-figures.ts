import process from 'node:process';
import { rows } from './judge-figures-rows.ts';
import { figuresOf, isMissed, printed } from './judge-figures-table.ts';

/**
 * Prints what the product's own judge does with simulated rollouts, beside what counting would do: `node
 * test/simulation/judge-figures.ts [runs of each row] [seed]`. The four rules are over the first five minutes; the
 * endings over the whole rollout, two hours of watching included. Exits with 1 where the
 * runs show that a figure is not reached.
 */
const runs = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 1);

const figures = rows.map((row) => figuresOf(row, runs, seed));
const missed = figures.filter(isMissed);
const endings = missed.map(({ row }) => `${row.name}: figure not reached`);
process.stdout.write(
  `${[`${runs} runs of each row, seed ${seed}`, printed(figures), ...endings].join('\n')}\n`,
);
process.exitCode = missed.length === 0 ? 0 : 1;
