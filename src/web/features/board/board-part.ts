import type { BoardPart } from '../../api/calls.ts';

/** The part of the board that an address asks for. */
export interface BoardSearch {
  /** How many environments come before it. */
  readonly after?: number;
  readonly search?: string;
}

const longestSearch = 40;
const mostBefore = 999_999_999;

/** Takes from an address what says which part of the board is meant; what makes no sense is dropped. */
export function boardSearch({
  after,
  search,
}: {
  readonly after?: unknown;
  readonly search?: unknown;
}): BoardSearch {
  const place = Number(after);
  const letters = typeof search === 'string' || typeof search === 'number' ? String(search).trim() : '';
  return {
    ...(Number.isInteger(place) && place > 0 && place <= mostBefore ? { after: place } : {}),
    ...(letters === '' ? {} : { search: letters.slice(0, longestSearch) }),
  };
}

/** The same as it is asked for. */
export const boardPart = ({ after, search }: BoardSearch): BoardPart => ({
  ...(after === undefined ? {} : { after: String(after) }),
  ...(search === undefined ? {} : { search }),
});
