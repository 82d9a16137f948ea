import type { BoardQuery, BoardView, RungClient } from '../rung-client.ts';

/** As long as pages can be. */
const limit = 200;

/** The board with all its pages from the one that is asked for, read one after the other. */
export async function wholeBoard(client: RungClient, query: BoardQuery): Promise<BoardView> {
  let board = await client.board({ ...query, limit });
  while (board.page.next !== null)
    board = joined(board, await client.board({ ...query, limit, after: board.page.next }));
  return board;
}

function joined(before: BoardView, { page, ...then }: BoardView): BoardView {
  return {
    ...then,
    // Whatever happened since the first page was read is told after its position.
    position: before.position,
    page: { ...before.page, next: page.next },
    pipelines: joinedLadders(before.pipelines, then.pipelines),
    environments: [...before.environments, ...then.environments],
    ways: [...before.ways, ...then.ways],
    rollouts: byId([...before.rollouts, ...then.rollouts]),
    promotions: byId([...before.promotions, ...then.promotions]),
    asked: [...new Set([...before.asked, ...then.asked])],
  };
}

/** A ladder that is longer than a page goes on at the top of the next one. */
function joinedLadders(
  before: BoardView['pipelines'],
  [first, ...rest]: BoardView['pipelines'],
): BoardView['pipelines'] {
  const last = before.at(-1);
  if (first === undefined) return before;
  if (last?.name !== first.name) return [...before, first, ...rest];
  return [...before.slice(0, -1), { ...last, rungs: [...last.rungs, ...first.rungs] }, ...rest];
}

/** As it was read last. */
const byId = <T extends { readonly id: string }>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [one.id, one])).values(),
];
