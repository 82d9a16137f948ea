import type { Played } from '../../simulate/index.ts';
import type { Cli } from '../cli.ts';
import { openProgress } from '../progress.ts';
import { counted } from '../render/figures.ts';
import { type Series, seriesLines } from '../render/simulation.ts';

/** A scenario that was read. */
export interface Ready {
  readonly name: string;
  readonly play: (seed?: number) => Promise<Played>;
}

export interface SeriesFlags {
  readonly json?: boolean;
  readonly seed?: number;
}

/**
 * Plays each scenario with so many seeds and counts how it ends. What is done when somebody stops it is shown to a person
 * before it ends as interrupted. Gives how many did not always end as they expect.
 */
export async function playSeries(
  cli: Cli,
  flags: SeriesFlags,
  scenarios: readonly Ready[],
  runs: number,
): Promise<number> {
  const all = await playAll(cli, flags, scenarios, runs);
  if (cli.signal.aborted) {
    if (flags.json !== true) cli.print(all.flatMap((series) => partLines(cli, series, runs)));
    cli.signal.throwIfAborted();
  }
  cli.answer(flags, { runs, scenarios: all }, (view, look) =>
    view.scenarios.flatMap((series) => seriesLines(series, look)),
  );
  return all.filter(({ held }) => held !== null && held < runs).length;
}

const partLines = (cli: Cli, series: Series, runs: number): readonly string[] => [
  ...(series.runs < runs
    ? [cli.look().style.warning(`Stopped after ${counted(series.runs, 'run')} of ${String(runs)}:`)]
    : []),
  ...seriesLines(series, cli.look()),
];

async function playAll(
  cli: Cli,
  flags: SeriesFlags,
  scenarios: readonly Ready[],
  runs: number,
): Promise<readonly Series[]> {
  using progress = openProgress(cli, flags);
  const all: Series[] = [];
  for (const { name, play } of scenarios) {
    const series: Played[] = [];
    for (let run = 0; run < runs && !cli.signal.aborted; run += 1) {
      progress.say(`${name}: ${String(run)} of ${String(runs)} played`);
      series.push(await play((flags.seed ?? 1) + run));
    }
    if (series.length > 0) all.push(seriesOf(series));
  }
  return all;
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
