import { expect, it } from 'vitest';
import { sampleClient } from './sample-client.ts';
import { typed } from './terminal.ts';

it('follows the log from where it is, however long nothing happened in an environment', async () => {
  const followed: number[] = [];
  const stop = new AbortController();
  const quiet = sampleClient({
    log: async ({ environment }) => ({
      items: [{ position: environment === undefined ? 90_000 : 7 } as never],
      next: null,
    }),
    follow: async function* (after) {
      followed.push(after);
      stop.abort();
      yield* [];
    },
  });
  await typed(['log', '--environment', 'prod', '--follow', '--json'], { client: quiet, signal: stop.signal });
  expect(followed).toEqual([90_000]);
});
