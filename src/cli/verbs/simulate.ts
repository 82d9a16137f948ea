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
import { type Shown, simulationLines, summaryLines } from '../render/simulation.ts';
import { playSeries, type Ready } from './simulate-series.ts';

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
  if (flags.runs !== undefined) {
    const missed = await playSeries(cli, flags, scenarios, flags.runs);
    if (missed > 0) throw missedFailure(missed, scenarios.length);
    return;
  }
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

interface Found extends Ready {
  readonly simulator: Simulator;
}

async function writePage(
  cli: Cli,
  file: string,
  [only, ...more]: readonly Found[],
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
): Promise<readonly Found[]> {
  const simulators = new Map<string, Simulator>();
  const problems: Problem[] = [];
  const read: Found[] = [];
  for (const scenario of found) {
    const path = flags.file === undefined ? await projectFileFor(scenario) : resolve(cli.cwd, flags.file);
    const simulator = simulators.get(path) ?? (await simulatorOf(cli, path));
    simulators.set(path, simulator);
    try {
      const play = simulator.read(await readScenario(scenario), scenario.name);
      read.push({ simulator, name: scenario.name, play });
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
