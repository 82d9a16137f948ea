import type { EnvironmentName } from '../../domain/ids.ts';
import type { PipelineStep, ProjectFile } from '../../domain/project-file/types.ts';
import { remembered } from '../../domain/remembered.ts';

/** Environments in the order in which they are shown: those of one pipeline, or, with null, those of none. */
export interface Ladder {
  readonly pipeline: string | null;
  readonly rungs: readonly EnvironmentName[];
}

/** What is shown at once. Its numbers count environments. */
export interface LadderPage {
  readonly ladders: readonly Ladder[];
  readonly found: number;
  /** How many were found that come before this page. */
  readonly before: number;
  /** How many come before the page before this one, and the page after it; null where there is none. */
  readonly previous: number | null;
  readonly next: number | null;
}

/** So many are shown at once without being asked for pages: whoever has no more never meets one. */
export const mostAtOnce = 50;
/** A page of a project that has more. */
export const pageSize = 20;

/** The ladders of a project file, and beside them what is there and stands on none. */
export function laddersOf(
  file: Pick<ProjectFile, 'pipelines' | 'environments'>,
  unnamed: readonly EnvironmentName[],
): readonly Ladder[] {
  const { ladders, loose } = declaredIn(file);
  const beside = [...loose, ...unnamed];
  return beside.length === 0 ? ladders : [...ladders, { pipeline: null, rungs: beside }];
}

const declaredIn = remembered((file: Pick<ProjectFile, 'pipelines' | 'environments'>) => {
  const ladders = Object.entries(file.pipelines).map(([pipeline, steps]) => ({
    pipeline,
    rungs: namesOf(steps),
  }));
  const climbed = new Set(ladders.flatMap(({ rungs }) => rungs));
  const all = Object.keys(file.environments) as EnvironmentName[];
  return { ladders, loose: all.filter((name) => !climbed.has(name)) };
});

const namesOf = (steps: readonly PipelineStep[]): readonly EnvironmentName[] =>
  steps.map(({ environment }) => environment);

/** The ladders with an environment whose name has these letters in it, or that are called so themselves; whole ones. */
export function laddersFound(ladders: readonly Ladder[], search: string): readonly Ladder[] {
  const letters = search.trim().toLowerCase();
  if (letters === '') return ladders;
  const fits = (name: string): boolean => name.toLowerCase().includes(letters);
  return ladders.flatMap((ladder): readonly Ladder[] => {
    if (ladder.pipeline !== null) return fits(ladder.pipeline) || ladder.rungs.some(fits) ? [ladder] : [];
    const rungs = ladder.rungs.filter(fits);
    return rungs.length === 0 ? [] : [{ pipeline: null, rungs }];
  });
}

/** The ladder that an environment stands on; of those that stand on none, it alone. */
export function ladderWith(ladders: readonly Ladder[], name: string): readonly Ladder[] {
  const found = ladders.find(({ rungs }) => rungs.some((rung) => rung === name));
  if (found === undefined) return [];
  return [found.pipeline === null ? { ...found, rungs: found.rungs.filter((rung) => rung === name) } : found];
}

/**
 * The page in which the environment stands that has `after` before it; the last one, where there are not so many. A ladder is
 * cut only where it alone is longer than a page: then each piece of it is a page, and the last one is filled up.
 */
export function pageOfLadders(ladders: readonly Ladder[], after: number, limit: number): LadderPage {
  const pages = pagesOf(ladders, limit);
  const starts: number[] = [];
  let found = 0;
  for (const page of pages) {
    starts.push(found);
    found += sizeOf(page);
  }
  const index = Math.max(
    0,
    starts.findLastIndex((start) => start <= after),
  );
  return {
    ladders: pages[index] ?? [],
    found,
    before: starts[index] ?? 0,
    previous: starts[index - 1] ?? null,
    next: starts[index + 1] ?? null,
  };
}

function pagesOf(ladders: readonly Ladder[], limit: number): readonly (readonly Ladder[])[] {
  const pages: Ladder[][] = [];
  let room = 0;
  for (const ladder of ladders)
    for (const piece of piecesOf(ladder, room, limit)) {
      const size = piece.rungs.length;
      if (size > room || pages.length === 0) {
        pages.push([]);
        room = limit;
      }
      pages.at(-1)?.push(piece);
      room -= size;
    }
  return pages;
}

/** Whole where it fits on a page. What stands on no ladder hangs together with nothing, and fills the page that is begun. */
function piecesOf({ pipeline, rungs }: Ladder, room: number, limit: number): readonly Ladder[] {
  const first = pipeline === null && room > 0 ? room : limit;
  const pieces: Ladder[] = [{ pipeline, rungs: rungs.slice(0, first) }];
  for (let from = first; from < rungs.length; from += limit)
    pieces.push({ pipeline, rungs: rungs.slice(from, from + limit) });
  return pieces;
}

const sizeOf = (page: readonly Ladder[]): number => page.reduce((sum, { rungs }) => sum + rungs.length, 0);
