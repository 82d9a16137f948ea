import { readFileSync } from 'node:fs';
import { systemClock } from '../../src/engine/clock.ts';
import { createSimulator } from '../../src/simulate/index.ts';
import { median, row, sized, subject } from './row.ts';

const folder = new URL('../../examples/ladder/scenarios/', import.meta.url);
const simulator = createSimulator(readFileSync(new URL('rung.yaml', folder)), 'rung.yaml');
const play = simulator.read(readFileSync(new URL('healthy.yaml', folder)), 'healthy.yaml');
const rounds = sized(15, 2);
subject({
  title: 'Scenarios',
  about: 'How long two hours of a watched rollout of two services take in virtual time.',
});
const took: { readonly wallMs: number; readonly cpuMs: number }[] = [];
for (let seed = 1; seed <= rounds; seed += 1) {
  const before = { wallMs: systemClock.monotonicMs(), cpu: process.cpuUsage() };
  await play(seed);
  const { user, system } = process.cpuUsage(before.cpu);
  took.push({ wallMs: systemClock.monotonicMs() - before.wallMs, cpuMs: (user + system) / 1000 });
}
const wallMs = median(took.map((one) => one.wallMs));
row({
  what: 'two hours of watching, two services',
  figure: wallMs,
  unit: 'ms',
  reach: { text: '≤ 300 ms', holds: wallMs <= 300 },
  note: `${median(took.map((one) => one.cpuMs)).toFixed(0)} ms of processor; the first took ${took[0]?.wallMs.toFixed(0) ?? '?'} ms`,
});
