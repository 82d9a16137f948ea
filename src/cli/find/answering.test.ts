import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answeringAddress, isReady } from './answering.ts';

/** Takes every call, as a control plane that was stopped does, and answers none. */
async function silentServer() {
  const asked = Promise.withResolvers<void>();
  const server = createServer(() => asked.resolve());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: asked.promise,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

it('takes a control plane that stands still for one that is not ready', async () => {
  await using server = await silentServer();
  expect(await isReady(server, new AbortController().signal, 100)).toBe(false);
});

it('asks no longer than somebody wants to know', async () => {
  await using server = await silentServer();
  const ending = new AbortController();
  const ready = isReady(server, ending.signal);
  await server.asked;
  ending.abort();
  expect(await ready).toBe(false);
});

it('names the first replica where all of them stand still', async () => {
  await using first = await silentServer();
  await using second = await silentServer();
  const folder = await mkdtemp(join(tmpdir(), 'rung-answering-'));
  await mkdir(join(folder, 'run'));
  for (const [name, { url }] of [
    ['address.json', first],
    ['address-2.json', second],
  ] as const)
    await writeFile(join(folder, 'run', name), JSON.stringify({ url, project: 'access' }));
  expect((await answeringAddress(folder, 100)).url).toBe(first.url);
  await rm(folder, { recursive: true });
});
