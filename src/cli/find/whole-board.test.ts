import { expect, it } from 'vitest';
import { board, environment } from '../../../test/cli/sample.ts';
import { sampleClient } from '../../../test/cli/sample-client.ts';
import type { BoardView } from '../rung-client.ts';
import { wholeBoard } from './whole-board.ts';

const rungs = ['dev', 'test', 'prod'] as readonly string[] as BoardView['pipelines'][number]['rungs'];

/** One environment each, of a ladder and of those that stand on none after it. */
const pagesOf = (ladder: readonly string[], loose: readonly string[] = []): readonly BoardView[] =>
  [...ladder, ...loose].map((name, index, all) =>
    board({
      position: 40 + index,
      environments: [environment(name)],
      ways: [],
      pipelines: index < ladder.length ? [{ name: 'main', rungs: [name as (typeof rungs)[number]] }] : [],
      page: {
        environments: all.length,
        found: all.length,
        before: index,
        previous: null,
        next: index === all.length - 1 ? null : String(index + 1),
      },
    }),
  );
const pages = pagesOf(rungs);

it('reads a board page by page, and puts a ladder that was cut together again', async () => {
  const client = sampleClient({ board: async (query) => pages[Number(query?.after ?? 0)] ?? board() });
  const whole = await wholeBoard(client, { search: 'x' });
  expect(whole.environments.map(({ name }) => name)).toEqual(rungs);
  expect(whole.pipelines).toEqual([{ name: 'main', rungs }]);
  expect([whole.position, whole.page.next, whole.promotions.length]).toEqual([40, null, 1]);
  expect(client.asked).toEqual([
    ['board', { search: 'x', limit: 200 }],
    ['board', { search: 'x', limit: 200, after: '1' }],
    ['board', { search: 'x', limit: 200, after: '2' }],
  ]);
});

it.each([
  ['one came to be on a page that was read', pagesOf(['qa', ...rungs])],
  ['one was taken from a ladder, and stands on none', pagesOf(['test', 'prod'], ['dev'])],
  ['they stand in another order', pagesOf(['prod', 'dev', 'test'])],
  ['fewer are left than were read', pagesOf(['prod'])],
])('reads it once more where the rules changed between two pages: %s', async (_, after) => {
  let asked = 0;
  const client = sampleClient({
    board: async (query) => {
      asked += 1;
      const at = Number(query?.after ?? 0);
      return (asked === 1 ? pages : after)[Math.min(at, after.length - 1)] ?? board();
    },
  });
  const whole = await wholeBoard(client, {});
  expect(whole.environments).toEqual(after.flatMap(({ environments }) => environments));
  expect(whole.position).toBe(40);
});
