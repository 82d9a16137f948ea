import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure, isFailure, type Problem } from '../../domain/failure.ts';
import type { Played, Simulator } from '../../simulate/index.ts';
import type { Cli } from '../cli.ts';
import { fileFailure } from '../find/files.ts';
import type { ConnectionFlags } from '../find/place.ts';
import {
  findScenarios,
  type FoundScenario,
  projectFileFor,
  readScenario,
  simulatorOf,
} from '../find/scenarios.ts';
import { counted } from '../render/figures.ts';
import { replayFrom } from './replay.ts';
import { seriesLines, type Series, type Shown, simulationLines, summaryLines } from '../render/simulation.ts';

export interface SimulateFlags extends ConnectionFlags {
  readonly file?: string;
  readonly seed?: number;
  readonly runs?: number;
  readonly from?: string;
  readonly page?: string;
}

/** Plays scenarios, and throws conflict `expectation-missed` where one did not end as it expects. */
export async function simulate(cli: Cli, flags: SimulateFlags, ...named: readonly string[]): Promise<void> {
  if (flags.from !== undefined) return replayFrom(cli, flags, flags.from);
  const scenarios = await readAll(cli, flags, await findScenarios(cli, named));
  if (flags.runs !== undefined) return playSeries(cli, flags, scenarios, flags.runs);
  const played: Played[] = [];
  for (const { play } of scenarios) {
    cli.signal.throwIfAborted();
    played.push(await play(flags.seed));
  }
  if (flags.page !== undefined) await writePage(cli, flags.page, scenarios, played);
  cli.answer(flags, { scenarios: played.map(shownOf) }, ({ scenarios: all }, look) => {
    const [only, ...more] = all;
    return only !== undefined && more.length === 0 ? simulationLines(only, look) : summaryLines(all, look);
  });
  const missed = played.filter(({ expectation }) => expectation?.held === false);
  if (missed.length > 0) throw missedFailure(missed.length, played.length);
}

interface Ready {
  readonly simulator: Simulator;
  readonly play: (seed?: number) => Promise<Played>;
}

async function writePage(
  cli: Cli,
  file: string,
  [only, ...more]: readonly Ready[],
  [played]: readonly Played[],
): Promise<void> {
  if (only === undefined || played === undefined || more.length > 0)
    throw new Failure('invalid', 'usage', 'A page shows one scenario.', {
      wayOut: 'Name it: rung simulate scenarios/NAME.yaml --page FILE',
    });
  const path = resolve(cli.cwd, file);
  await writeFile(path, only.simulator.page(played), { mode: 0o600 }).catch((thrown: unknown) => {
    throw fileFailure(path, thrown);
  });
  cli.note(`Wrote ${path}`);
}

/** Every problem of every file at once. */
async function readAll(
  cli: Cli,
  flags: SimulateFlags,
  found: readonly FoundScenario[],
): Promise<readonly Ready[]> {
  const simulators = new Map<string, Simulator>();
  const problems: Problem[] = [];
  const read: Ready[] = [];
  for (const scenario of found) {
    const path = flags.file === undefined ? await projectFileFor(scenario) : resolve(cli.cwd, flags.file);
    const simulator = simulators.get(path) ?? (await simulatorOf(cli, path));
    simulators.set(path, simulator);
    try {
      const play = simulator.read(await readScenario(scenario), scenario.name);
      read.push({ simulator, play });
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.problems.length === 0) throw thrown;
      if (found.length === 1) throw thrown;
      problems.push(...thrown.problems);
    }
  }
  if (problems.length === 0) return read;
  throw new Failure(
    'invalid',
    'scenario-invalid',
    `The scenarios have ${counted(problems.length, 'problem')}.`,
    {
      wayOut: 'Correct what is listed and simulate it again.',
      problems,
    },
  );
}

async function playSeries(
  cli: Cli,
  flags: SimulateFlags,
  scenarios: readonly Ready[],
  runs: number,
): Promise<void> {
  const all: Series[] = [];
  for (const { play } of scenarios) {
    const series: Played[] = [];
    for (let run = 0; run < runs; run += 1) {
      cli.signal.throwIfAborted();
      series.push(await play((flags.seed ?? 1) + run));
    }
    all.push(seriesOf(series));
  }
  cli.answer(flags, { runs, scenarios: all }, (view, look) =>
    view.scenarios.flatMap((series) => seriesLines(series, look)),
  );
  const missed = all.filter(({ held }) => held !== null && held < runs).length;
  if (missed > 0) throw missedFailure(missed, all.length);
}

function seriesOf(series: readonly Played[]): Series {
  const ends = new Map<string, Played[]>();
  for (const played of series) {
    const end = played.ended.by === null ? played.ended.as : `${played.ended.as} by ${played.ended.by}`;
    ends.set(end, [...(ends.get(end) ?? []), played]);
  }
  const [first] = series;
  const expected = series.filter(({ expectation }) => expectation !== null);
  return {
    name: first?.name ?? '',
    title: first?.title ?? '',
    runs: series.length,
    held: expected.length === 0 ? null : expected.filter(({ expectation }) => expectation?.held).length,
    ends: [...ends]
      .toSorted(([, left], [, right]) => right.length - left.length)
      .map(([end, of]) => ({
        end,
        count: of.length,
        medianMs: median(of.map(({ ended }) => ended.atMs)),
        medianMet: median(of.map(({ met }) => met.requests)),
        medianFailed: median(of.map(({ met }) => met.failed)),
      })),
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

function shownOf(played: Played): Shown {
  const { name, title, about, to, release, seed, ended, tookMs, met, timeline, expectation, limits } = played;
  const turns = played.recording?.turns ?? [];
  return { name, title, about, to, release, seed, ended, tookMs, met, timeline, expectation, limits, turns };
}

const missedFailure = (missed: number, all: number): Failure =>
  new Failure(
    'conflict',
    'expectation-missed',
    all === 1
      ? 'It did not end as the scenario expects.'
      : `${String(missed)} of ${counted(all, 'scenario')} did not end as expected.`,
    { wayOut: 'Change the rules, or what the scenario expects of them.' },
  );
