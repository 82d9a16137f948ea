import { loadavg } from 'node:os';
import type { Hurt } from './client-losses.ts';
import { coverage } from './kill-plan.ts';
import type { Told } from './told-story.ts';

/** How clients were away for longer than they may be; empty where they were not. */
export const outagesOf = (told: Told, outageMs: number): readonly string[] =>
  told.hurts
    .filter((hurt) => awayMs(hurt) > outageMs)
    .map(({ victim }) => `after ${victim} was killed, clients were not served again within ${outageMs} ms`);

const awayMs = ({ failedForMs, silentForMs }: Hurt): number => Math.max(failedForMs, silentForMs);

/** How it went once. */
export function lineOf(seed: number, told: Told, outageMs: number): string {
  const killed = told.fates.filter(({ came }) => came === 'killed').map(({ victim }) => victim);
  const hurts = told.hurts.map(
    (hurt) =>
      `  ${hurt.victim}: ${hurt.failures} failed, the last after ${hurt.failedForMs.toFixed(0)} ms; silent for ${hurt.silentForMs.toFixed(0)} ms`,
  );
  return [
    `seed ${seed}: ${told.steps} steps in ${told.seconds.toFixed(0)} s; ${killed.length} killed: ${killed.join(', ')}`,
    ...(told.resumed.length === 0 ? [] : [`  held, and resumed by a person: ${told.resumed.join(', ')}`]),
    ...hurts,
    ...[...told.troubles, ...outagesOf(told, outageMs)].map((trouble) => `  ✗ ${trouble}`),
  ].join('\n');
}

/** What came of all of it. */
export function summaryOf(all: readonly Told[], outageMs: number): string {
  const right = all.filter(({ troubles }) => troubles.length === 0).length;
  const outages = all.reduce((sum, told) => sum + outagesOf(told, outageMs).length, 0);
  const fates = all.flatMap((told) => told.fates);
  const killed = fates.filter(({ came }) => came === 'killed').length;
  const seconds = all.map((told) => told.seconds).toSorted((one, other) => one - other);
  const middle = seconds[Math.floor(seconds.length / 2)] ?? 0;
  return [
    '',
    `${right} of ${all.length} ended as they should, ${middle.toFixed(0)} s each at the median; ${killed} processes were killed`,
    `clients were served again within ${outageMs} ms but ${outages} times (load of the machine now: ${loadavg()[0]?.toFixed(1)})`,
    `held, and resumed by a person: ${times(all.flatMap(({ resumed }) => resumed))}`,
    'what clients of prod lost, by what was killed:',
    ...lossesByVictim(all.flatMap((told) => told.hurts)),
    '',
    'killed at each step (–: the step is about it, ·: it was not there to be killed)',
    coverage(fates),
  ].join('\n');
}

function lossesByVictim(hurts: readonly Hurt[]): readonly string[] {
  return [...Map.groupBy(hurts, ({ victim }) => victim)].map(([victim, those]) => {
    const failures = those.reduce((sum, one) => sum + one.failures, 0);
    const longest = Math.max(...those.map(awayMs));
    return `  ${victim}, killed ${those.length} times: ${failures} requests failed, the longest time without a good answer ${longest.toFixed(0)} ms`;
  });
}

const times = (words: readonly string[]): string =>
  [...Map.groupBy(words, (word) => word)].map(([word, those]) => `${word} ${those.length}`).join(', ') ||
  'never';
