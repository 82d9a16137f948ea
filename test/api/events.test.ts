import { request } from 'node:http';
import { expect, it } from 'vitest';
import type { Api } from '../../src/api/index.ts';
import {
  answerOf,
  createClient,
  type FollowOptions,
  followEvents,
  type News,
} from '../../src/client/index.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { createVirtualClock } from '../../src/engine/virtual-clock.ts';
import { createChain } from './chain.ts';
import { byToken, call, laptopToken, project, signIn, stage, startOfTime } from './stage.ts';

const path = '/api/v1/projects/access/events';
const sleep: FollowOptions['sleep'] = (ms, signal) => systemClock.sleep(ms, signal);
const clientOf = (api: Pick<Api, 'address'>) => createClient({ baseUrl: api.address, token: laptopToken });

/** Reads the text of a stream until it holds what is looked for. */
async function readUntil(response: Response, wanted: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (wanted.test(text)) break;
  }
  return text;
}

const follow = (api: Api, headers: Record<string, string> = {}, query = ''): Promise<Response> =>
  fetch(`${api.address}${path}${query}`, { headers: byToken(headers) });

it('streams what happens, with its place in the log as the id', async () => {
  const chain = createChain();
  chain.happen('before anybody looked');
  const { api } = await stage(chain.parts);
  const response = await follow(api);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('cache-control')).toBe('no-store');
  await expect.poll(() => chain.followers()).toBe(1);
  chain.happen('1.4.0 was promoted');
  const text = await readUntil(response, /\n\n/);
  expect(text).toMatch(/^id: 2\nevent: event\ndata: \{.*"message":"1.4.0 was promoted".*\}\n\n$/);
});

it('goes on after the last event that a reader saw', async () => {
  const chain = createChain();
  for (const message of ['one', 'two', 'three']) chain.happen(message);
  const { api } = await stage(chain.parts);
  const byHeader = await readUntil(await follow(api, { 'last-event-id': '1' }), /id: 3/);
  expect(byHeader.match(/id: \d/g)).toEqual(['id: 2', 'id: 3']);
  const byQuery = await readUntil(await follow(api, {}, '?after=2'), /id: 3/);
  expect(byQuery.match(/id: \d/g)).toEqual(['id: 3']);
});

it('says nothing again to whoever saw the newest event, though no page lists that', async () => {
  const chain = createChain();
  chain.happen('listed');
  const listed = await chain.parts.log(project.id, {});
  chain.happen('for agents alone');
  const log: typeof chain.parts.log = async (id, query) =>
    query.all === true ? chain.parts.log(id, query) : listed;
  const { api } = await stage({ ...chain.parts, log });
  const response = await follow(api, { 'last-event-id': '2' });
  await expect.poll(() => chain.followers()).toBe(1);
  chain.happen('three');
  expect((await readUntil(response, /id: 3/)).match(/id: \d/g)).toEqual(['id: 3']);
});

it('does not wait for ever at a position that the log never had', async () => {
  const chain = createChain();
  const { api } = await stage(chain.parts);
  const response = await follow(api, { 'last-event-id': '900' });
  await expect.poll(() => chain.followers()).toBe(1);
  chain.happen('first');
  expect(await readUntil(response, /id/)).toContain('id: 1\n');
});

it('streams the figures of a live rollout without an id, so that resuming never resends them', async () => {
  const chain = createChain();
  const { api } = await stage(chain.parts);
  const response = await follow(api);
  await expect.poll(() => chain.followers()).toBe(1);
  chain.measure('rollout-1');
  expect(await readUntil(response, /\n\n/)).toBe('event: figures\ndata: {"id":"rollout-1","measured":1}\n\n');
});

it('shows that it lives while nothing happens', async () => {
  const clock = createVirtualClock(startOfTime);
  const chain = createChain();
  const { api } = await stage(chain.parts, { clock });
  const response = await follow(api);
  await expect.poll(() => chain.followers()).toBe(1);
  await clock.advance(15_000);
  expect(await readUntil(response, /\n\n/)).toBe(': here\n\n');
});

it('tells nothing more to whoever signed out meanwhile', async () => {
  const clock = createVirtualClock(startOfTime);
  const chain = createChain();
  const { api } = await stage(chain.parts, { clock });
  const headers = await signIn(api);
  const response = await fetch(`${api.address}${path}`, { headers });
  await expect.poll(() => chain.followers()).toBe(1);
  await call(api, 'POST', '/api/v1/sign-out', { headers });
  await clock.advance(15_000);
  await readUntil(response, /never/);
  await expect.poll(() => chain.followers()).toBe(0);
});

it('lets go of a reader that has gone', async () => {
  const chain = createChain();
  const { api } = await stage(chain.parts);
  const gone = new AbortController();
  await fetch(`${api.address}${path}`, { headers: byToken(), signal: gone.signal });
  await expect.poll(() => chain.followers()).toBe(1);
  gone.abort();
  await expect.poll(() => chain.followers()).toBe(0);
});

it('holds no more streams than it may', async () => {
  const chain = createChain();
  const { api } = await stage(chain.parts, { limits: { streams: 1 } });
  await follow(api);
  const second = await call(api, 'GET', path, { headers: byToken() });
  expect([second.status, second.body.code]).toEqual([429, 'streams-too-many']);
});

it('cuts off a reader that takes nothing, and keeps no backlog for it', async () => {
  const clock = createVirtualClock(startOfTime);
  const chain = createChain();
  const { api } = await stage(chain.parts, { clock });
  const closed = Promise.withResolvers<void>();
  const asked = request({ port: api.port, host: '127.0.0.1', path, headers: byToken() }, (response) => {
    response.pause();
    response.on('close', () => closed.resolve()).on('error', () => undefined);
  });
  asked.on('error', () => undefined).end();
  await expect.poll(() => chain.followers()).toBe(1);
  const large = 'x'.repeat(1024 * 1024);
  for (let index = 0; index < 40; index += 1) chain.happen(large);
  // It is not known when the connection is full; from then on a minute is long enough.
  await expect
    .poll(async () => {
      await clock.advance(60_000);
      return chain.followers();
    })
    .toBe(0);
  asked.destroy();
  await closed.promise;
});

/** Collects messages of events from the client until there are so many. */
async function collect(
  news: AsyncIterable<News>,
  wanted: number,
  also?: (one: News) => Promise<void>,
): Promise<string[]> {
  const messages: string[] = [];
  for await (const one of news) {
    if (one.kind === 'event') messages.push(one.event.message);
    if (messages.length === wanted) break;
    await also?.(one);
  }
  return messages;
}

it('is followed by the client through a restart, with every event once and in order', async () => {
  const chain = createChain();
  const first = await stage(chain.parts);
  const { signal } = new AbortController();
  chain.happen('one');
  const client = clientOf(first.api);
  const messages = await collect(
    followEvents(client, 'access', { after: 0, signal, sleep }),
    3,
    async (news) => {
      if (news.kind !== 'event' || news.event.position !== 1) return;
      await first.api.close();
      chain.happen('two, while nobody listened');
      const listen = { host: '127.0.0.1', port: first.api.port };
      await stage(chain.parts, { listen, folder: first.folder });
      chain.happen('three');
    },
  );
  expect(messages).toEqual(['one', 'two, while nobody listened', 'three']);
  expect(chain.followers()).toBeLessThanOrEqual(1);
});

it('is taken for dead by the client when it falls silent', async () => {
  const chain = createChain();
  const { api } = await stage(chain.parts);
  const options = { signal: new AbortController().signal, sleep, silenceMs: 20 };
  for await (const news of followEvents(clientOf(api), 'access', options)) {
    if (news.kind !== 'lost') continue;
    expect(news.failure.code).toBe('stream-silent');
    break;
  }
});

it('is not tried again by the client where that cannot help', async () => {
  const { api } = await stage();
  const client = createClient({ baseUrl: api.address, token: 'wrong' });
  const following = followEvents(client, 'access', { signal: new AbortController().signal, sleep });
  await expect(following.next()).rejects.toMatchObject({ kind: 'denied', code: 'token-unknown' });
});

it('ends for the client when it is told to stop', async () => {
  const chain = createChain();
  const { api } = await stage(chain.parts);
  const stop = new AbortController();
  for await (const news of followEvents(clientOf(api), 'access', { signal: stop.signal, sleep }))
    if (news.kind === 'connected') stop.abort();
  await expect.poll(() => chain.followers()).toBe(0);
});

it('does not hold up the end of the control plane', async () => {
  const chain = createChain();
  const { api } = await stage(chain.parts);
  const response = await follow(api);
  await expect.poll(() => chain.followers()).toBe(1);
  await api.close();
  await response.text().catch(() => undefined);
  expect(chain.followers()).toBe(0);
});

it('answers through the client as it answers without', async () => {
  const { api } = await stage();
  const me = await answerOf(clientOf(api).GET('/api/v1/me'));
  expect(me.via).toBe('laptop token');
});

it('holds nothing open for who went away while the beginning was looked for', async () => {
  const chain = createChain();
  const asked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const log = async () => {
    asked.resolve();
    await goOn.promise;
    return { items: [], next: null };
  };
  const { api } = await stage({ ...chain.parts, log }, { limits: { streamsOfOne: 1 } });
  const leaving = new AbortController();
  const left = fetch(`${api.address}${path}`, { headers: byToken(), signal: leaving.signal });
  await asked.promise;
  leaving.abort();
  await expect(left).rejects.toThrow();
  // The socket's end has to come in first.
  await systemClock.sleep(50);
  goOn.resolve();
  await expect.poll(async () => (await follow(api)).status, { timeout: 2000 }).toBe(200);
});
