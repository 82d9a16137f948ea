import { Failure } from '../../domain/failure.ts';
import type { BoardQuery } from '../face.ts';
import type { FileInForce } from '../lookup.ts';
import type { BoardView } from '../views.ts';
import {
  type Ladder,
  type LadderPage,
  laddersFound,
  laddersOf,
  ladderWith,
  mostAtOnce,
  pageOfLadders,
  pageSize,
} from './ladder-pages.ts';

/** The page that is asked for, and what is said about it. */
export interface BoardPage {
  readonly ladders: readonly Ladder[];
  readonly view: BoardView['page'];
}

/** Throws absent `environment-unknown` where one is asked for by name that is not there. */
export function boardPage({ file, unnamed }: FileInForce, query: BoardQuery): BoardPage {
  const all = laddersOf(file, unnamed);
  const asked = laddersAsked(all, query);
  const limit = query.limit ?? (sizeOf(asked) <= mostAtOnce ? mostAtOnce : pageSize);
  const at = query.after === undefined ? placeIn(asked, query.environment) : Number(query.after);
  const page = pageOfLadders(asked, at, limit);
  return { ladders: page.ladders, view: pageView(page, sizeOf(all)) };
}

function laddersAsked(all: readonly Ladder[], { environment, search }: BoardQuery): readonly Ladder[] {
  if (environment === undefined) return laddersFound(all, search ?? '');
  const found = ladderWith(all, environment);
  if (found.length > 0) return found;
  throw new Failure('absent', 'environment-unknown', `There is no environment ${environment}.`, {
    wayOut: 'Look for it by some letters of its name: rung status --search LETTERS',
  });
}

/** A ladder that is cut begins where the environment that was asked for stands. */
const placeIn = ([ladder]: readonly Ladder[], environment: string | undefined): number =>
  environment === undefined ? 0 : (ladder?.rungs.findIndex((name) => name === environment) ?? 0);

const pageView = (
  { found, before, previous, next }: LadderPage,
  environments: number,
): BoardView['page'] => ({
  environments,
  found,
  before,
  previous: cursor(previous),
  next: cursor(next),
});

const cursor = (place: number | null): string | null => (place === null ? null : String(place));

const sizeOf = (ladders: readonly Ladder[]): number =>
  ladders.reduce((sum, { rungs }) => sum + rungs.length, 0);
