import type { BoardQuery, BoardView, RungClient } from '../rung-client.ts';

/** As long as pages can be. */
const limit = 200;

/** Rules do not change as often as this while one reads; then what was read last is better than nothing. */
const mostReadings = 5;

/**
 * The board with all its pages from the one that is asked for, read one after the other. Rules that come into force between two
 * pages move environments from one to the other: then all of it is read once more.
 */
export async function wholeBoard(client: RungClient, query: BoardQuery): Promise<BoardView> {
  for (let reading = 1; ; reading += 1) {
    const pages = await readPages(client, query);
    if (isOnePicture(pages) || reading === mostReadings) return pages.reduce(joined);
  }
}

async function readPages(client: RungClient, query: BoardQuery): Promise<readonly BoardView[]> {
  let page = await client.board({ ...query, limit });
  const pages = [page];
  while (page.page.next !== null) {
    page = await client.board({ ...query, limit, after: page.page.next });
    pages.push(page);
  }
  return pages;
}

/** Whether each page begins where the one before it ended, and no environment is on two of them: each has one place. */
function isOnePicture(pages: readonly BoardView[]): boolean {
  const isInRow = pages.every(({ page }, index) => {
    const before = pages[index - 1]?.page;
    return before === undefined || (page.found === before.found && String(page.before) === before.next);
  });
  const names = pages.flatMap(({ environments }) => environments.map(({ name }) => name));
  return isInRow && new Set(names).size === names.length;
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
