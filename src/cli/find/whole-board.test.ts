import { expect, it } from 'vitest';
import { board, environment } from '../../../test/cli/sample.ts';
import { sampleClient } from '../../../test/cli/sample-client.ts';
import type { BoardView } from '../rung-client.ts';
import { wholeBoard } from './whole-board.ts';

const rungs = ['dev', 'test', 'prod'] as readonly string[] as BoardView['pipelines'][number]['rungs'];
/** One environment each of a ladder of three. */
const pages: readonly BoardView[] = rungs.map((name, index) =>
  board({
    position: 40 + index,
    environments: [environment(name)],
    ways: [],
    pipelines: [{ name: 'main', rungs: [name] }],
    page: {
      environments: 3,
      found: 3,
      before: index,
      previous: null,
      next: index === 2 ? null : String(index + 1),
    },
  }),
);

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
