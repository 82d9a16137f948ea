/** Prints how long two hours of a watched rollout take in virtual time: `node test/bench/simulate.ts`. Figures, not a test. */
import { readFileSync } from 'node:fs';
import { systemClock } from '../../src/engine/clock.ts';
import { createSimulator } from '../../src/simulate/index.ts';

const folder = new URL('../../examples/ladder/scenarios/', import.meta.url);
const simulator = createSimulator(readFileSync(new URL('rung.yaml', folder)), 'rung.yaml');
const play = simulator.read(readFileSync(new URL('healthy.yaml', folder)), 'healthy.yaml');
const rounds = 15;
const took: { readonly wallMs: number; readonly cpuMs: number }[] = [];
for (let seed = 1; seed <= rounds; seed += 1) {
  const before = { wallMs: systemClock.monotonicMs(), cpu: process.cpuUsage() };
  await play(seed);
  const { user, system } = process.cpuUsage(before.cpu);
  took.push({ wallMs: systemClock.monotonicMs() - before.wallMs, cpuMs: (user + system) / 1000 });
}
const median = (of: 'wallMs' | 'cpuMs'): string =>
  (took.map((one) => one[of]).toSorted((left, right) => left - right)[Math.floor(rounds / 2)] ?? 0).toFixed(
    0,
  );
process.stdout.write(
  `two hours of watching, two services: ${median('wallMs')} ms (${median('cpuMs')} ms of processor; the first ${took[0]?.wallMs.toFixed(0) ?? '?'} ms), at most 300 ms wanted\n`,
);
