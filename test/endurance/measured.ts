import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedTurn, Recording } from '../../src/domain/rollout/recording.ts';
import type { Sample } from '../../src/domain/rollout/sample.ts';
import { createSimulator } from '../../src/simulate/index.ts';
import { scenarioFile, theatre } from './performance.ts';

const seeds = 100;
const figures = ['measuredMs', 'requests', 'failed'] as const;
type Figures = Readonly<Record<(typeof figures)[number], number>>;

/** What was measured of the new version at one weight, up to what a rule made of it. */
export interface Measured extends Figures {
  readonly phase: RecordedTurn['phase'];
  /** Of each figure the largest of one sample. */
  readonly most: Figures;
}

/** What chance makes of the simulation. */
export interface Range {
  readonly phase: RecordedTurn['phase'];
  readonly least: Figures;
  readonly most: Figures;
}

/** Of each weight that a rule ended, in their order: what was measured there. */
export function measuredBy({ turns, samples }: Recording): readonly Measured[] {
  return turns.flatMap((turn, index) => {
    const next = turns[index + 1];
    if (next === undefined || next.by.kind === 'person' || !judged.has(turn.phase)) return [];
    // Samples of a weight still come in after the decision, until the agent has heard of it.
    const mine = samples.filter(
      ({ generation, number }) => generation === turn.generation && number <= next.sample,
    );
    const seen = mine.map(figuresOf).filter(({ requests }) => requests > 0);
    return [{ phase: turn.phase, ...combined(seen, sum), most: combined(seen, highest) }];
  });
}

/** The watch ends by the clock. */
const judged: ReadonlySet<RecordedTurn['phase']> = new Set(['canary', 'promoting']);

/** Plays the scenario with many seeds; each comes to the same phases. */
export async function rangesOverSeeds(name: string): Promise<readonly Range[]> {
  const simulator = createSimulator(await readFile(join(theatre, 'rung.yaml')), 'rung.yaml');
  const play = simulator.read(await readFile(scenarioFile(name)), name);
  const runs: (readonly Measured[])[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { recording } = await play(seed);
    runs.push(recording === null ? [] : measuredBy(recording));
  }
  return (runs[0] ?? []).map(({ phase }, index) => {
    const here = runs.flatMap((run) => run[index] ?? []);
    return { phase, least: combined(here, lowest), most: combined(here, highest) };
  });
}

/** What lies outside of the range, as sentences: a sample less is let pass, and two more. */
export function withinChance(measured: Measured | undefined, { least, most }: Range): readonly string[] {
  if (measured === undefined) return ['nothing was measured'];
  return figures.flatMap((figure) => {
    const [from, to] = [least[figure] - measured.most[figure], most[figure] + 2 * measured.most[figure]];
    const is = measured[figure];
    return is >= from && is <= to
      ? []
      : [`${figure} is ${is.toFixed(0)}, not ${from.toFixed(0)} to ${to.toFixed(0)}`];
  });
}

function figuresOf({ durationMs, services }: Sample): Figures {
  const counts = Object.values<Sample['services'][keyof Sample['services']]>(services).flatMap(
    ({ candidate }) => candidate ?? [],
  );
  return {
    measuredMs: durationMs,
    requests: sum(counts.map(({ requests }) => requests)),
    failed: sum(counts.map(({ errors }) => errors)),
  };
}

const combined = (all: readonly Figures[], how: (values: readonly number[]) => number): Figures => ({
  measuredMs: how(all.map(({ measuredMs }) => measuredMs)),
  requests: how(all.map(({ requests }) => requests)),
  failed: how(all.map(({ failed }) => failed)),
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const highest = (values: readonly number[]): number => Math.max(0, ...values);
const lowest = (values: readonly number[]): number => Math.min(...values);
