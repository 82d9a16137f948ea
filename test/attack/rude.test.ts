import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createChain } from '../api/chain.ts';
import { byToken, call, laptopToken, type Stage, stage } from '../api/stage.ts';
import { head, statusesIn, wireTo } from './wire.ts';

const promotions = '/api/v1/projects/access/promotions';
const artifact = `/api/v1/projects/access/artifacts/sha256:${'0'.repeat(64)}`;
const proof = `authorization: Bearer ${laptopToken}`;
const json = 'content-type: application/json';

const promoting = (): Promise<Stage> =>
  stage({
    promotions: async () => ({ items: [], next: null }),
    requestPromotion: async () => ({ id: 'made' }) as never,
    putArtifact: async (_project, _digest, bytes) => {
      let size = 0;
      for await (const chunk of bytes) size += chunk.byteLength;
      return { stored: true, size };
    },
  });

const isWell = async ({ api }: Stage): Promise<void> => {
  expect((await call(api, 'GET', promotions, { headers: byToken() })).status).toBe(200);
};

const sockets = (): number =>
  process.getActiveResourcesInfo().filter((one) => one === 'TCPSocketWrap').length;

/** Waits until as few sockets are open as before; a leak makes the test run out of its time. */
async function untilNoMoreThan(count: number): Promise<void> {
  while (sockets() > count) await setImmediate();
}

describe('clients that go away', () => {
  it.each([
    ['in the middle of the headers', 'GET /api/v1/me HTTP/1.1\r\nhost: 127.0.0.1'],
    ['in the middle of a body', head(0, `POST ${promotions}`, proof, json, 'content-length: 100') + '{"a'],
    [
      'in the middle of a chunk',
      head(0, `POST ${promotions}`, proof, json, 'transfer-encoding: chunked') + '5\r\n{"',
    ],
    [
      'in the middle of an artifact',
      head(0, `PUT ${artifact}`, proof, 'content-type: application/octet-stream', 'content-length: 1000') +
        'x',
    ],
    ['before the answer', head(0, `GET ${promotions}`, proof)],
  ])('%s leave nothing open and nothing broken', async (_when, text) => {
    const made = await promoting();
    await isWell(made);
    const before = sockets();
    const wires = Array.from({ length: 50 }, () => wireTo(made.api.port));
    for (const wire of wires) wire.write(text.replace('127.0.0.1:0', `127.0.0.1:${made.api.port}`));
    await Promise.all(
      wires.map(async ({ socket, ended }) => {
        await new Promise((resolve) => socket.write('', resolve));
        socket.resetAndDestroy();
        await ended;
      }),
    );
    await untilNoMoreThan(before);
    await isWell(made);
    expect(made.logged).toEqual([]);
  });

  it('in the middle of a stream are followed no more', async () => {
    const chain = createChain();
    const made = await stage({ ...chain.parts, promotions: async () => ({ items: [], next: null }) });
    const wires = Array.from({ length: 50 }, () => wireTo(made.api.port));
    for (const wire of wires) wire.write(head(made.api.port, 'GET /api/v1/projects/access/events', proof));
    await Promise.all(wires.map((wire) => wire.until('text/event-stream')));
    while (chain.followers() < 1) await setImmediate();
    for (const { socket } of wires) socket.resetAndDestroy();
    while (chain.followers() > 0) await setImmediate();
    await isWell(made);
    expect(made.logged).toEqual([]);
  });

  it('with one half only get their answer', async () => {
    const made = await promoting();
    const wire = wireTo(made.api.port, true);
    wire.socket.end(head(made.api.port, `GET ${promotions}`, proof, 'connection: close'));
    expect(statusesIn(await wire.ended)).toEqual([200]);
  });
});

describe('clients that speak strangely', () => {
  it('get answers in the order in which they asked, however many they ask at once', async () => {
    const { api } = await promoting();
    const wire = wireTo(api.port);
    const asked = [200, 401, 404, 200].map((status) =>
      head(
        api.port,
        `GET ${status === 404 ? '/api/v1/nothing' : promotions}`,
        ...(status === 401 ? [] : [proof]),
      ),
    );
    wire.write(asked.join('') + head(api.port, 'GET /healthz', 'connection: close'));
    expect(statusesIn(await wire.ended)).toEqual([200, 401, 404, 200, 200]);
  });

  it.each([
    ['two lengths', ['content-length: 2', 'content-length: 3']],
    ['a length and chunks', ['content-length: 2', 'transfer-encoding: chunked']],
    ['chunks that are not last', ['transfer-encoding: chunked, identity']],
    ['a length that is no number', ['content-length: two']],
    ['a space before the colon', ['content-length : 2']],
    ['a line that is folded', ['x-a: 1', ' 2', 'content-length: 2']],
    ['a line without a colon', ['content-length']],
    ['a byte of zero', ['x-a: \0']],
  ])('are cut off when a body has %s, and nothing behind it is taken for a request', async (_what, lines) => {
    const { api } = await promoting();
    const wire = wireTo(api.port);
    const smuggled = head(api.port, 'GET /healthz', 'connection: close');
    wire.write(`${head(api.port, `POST ${promotions}`, proof, json, ...lines)}{}${smuggled}`);
    const come = await wire.ended;
    expect(statusesIn(come)).toEqual([400]);
    expect(come).toContain('"code":"request-unreadable"');
  });

  it('are refused with two hosts, or with a proof that is said twice', async () => {
    const { api } = await promoting();
    const answerTo = async (...lines: readonly string[]): Promise<string> => {
      const wire = wireTo(api.port);
      wire.write(head(api.port, `GET ${promotions}`, 'connection: close', ...lines));
      return wire.ended;
    };
    expect(statusesIn(await answerTo(proof, 'host: evil.example'))).toEqual([400]);
    expect(statusesIn(await answerTo(proof, 'authorization: Bearer wrong'))).toEqual([400]);
    expect(statusesIn(await answerTo(proof))).toEqual([200]);
  });

  it.each([
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['nonsense', 'hello there\r\n\r\n'],
  ])('are told when they speak %s', async (_what, text) => {
    const made = await promoting();
    const wire = wireTo(made.api.port);
    wire.write(text);
    expect(statusesIn(await wire.ended)).toEqual([400]);
    await isWell(made);
  });
});
