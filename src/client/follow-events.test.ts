import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../engine/clock.ts';
import { createClient, followEvents } from './index.ts';

let server: Server;
let left: Promise<void>;

beforeEach(async () => {
  const gone = Promise.withResolvers<void>();
  left = gone.promise;
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': here\n\n');
    response.once('close', () => gone.resolve());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** What was made for a request and is held by nobody goes, as it does sooner or later by itself. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

it('ends when it is told to, however long it has followed', async () => {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = new AbortController();
  const news = followEvents(createClient({ baseUrl, token: 'a' }), 'a project', {
    signal: stop.signal,
    sleep: systemClock.sleep,
  });
  await news.next();
  await news.next();
  const last = news.next();
  for (let turn = 0; turn < 5; turn += 1) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  stop.abort();
  expect((await last).done).toBe(true);
  await left;
});
