import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServiceName } from '../../src/domain/ids.ts';
import type { RawCounts } from '../../src/domain/traffic.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import {
  bodies,
  Cleanup,
  digest,
  gatewayHere,
  route,
  startInstance,
  target,
  until,
  web,
  weight,
} from './world.ts';

const cleanup = new Cleanup();
afterEach(() => cleanup.run());

const countsOf = (gateway: Gateway, version: string): RawCounts => {
  const found = gateway.counters().services[web]?.variants[digest(`artifact ${version}`)];
  if (found === undefined) throw new Error(`nothing was counted for ${version}`);
  return found;
};

async function ask(port: number, options: RequestOptions, body = ''): Promise<IncomingMessage> {
  const sent = httpRequest({ host: '127.0.0.1', port, agent: false, ...options });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
}

describe('the split', () => {
  it('gives the candidate its share of the requests and stable the rest (REL-8)', async () => {
    const [old, fresh] = [await startInstance(cleanup, 'old'), await startInstance(cleanup, 'new')];
    const { gateway, origin } = await gatewayHere(cleanup, [
      route({ stable: target('1', old.address), candidate: target('2', fresh.address) }),
    ]);
    expect(new Set(await bodies(origin, 20))).toEqual(new Set(['old']));
    await gateway.weigh(weight({ percent: 50 }));
    await bodies(origin, 200);
    expect(fresh.seen.length).toBeGreaterThan(50);
    expect(fresh.seen.length).toBeLessThan(150);
    await gateway.weigh(weight({ percent: 100, generation: 2 }));
    expect(new Set(await bodies(origin, 20))).toEqual(new Set(['new']));
  });

  it('sends a service without a candidate to stable, whatever the weight', async () => {
    const old = await startInstance(cleanup, 'old');
    const { gateway, origin } = await gatewayHere(cleanup, [route({ stable: target('1', old.address) })]);
    await gateway.weigh(weight({ percent: 100 }));
    expect(await bodies(origin, 3)).toEqual(['old', 'old', 'old']);
  });

  it('counts requests, errors and latency for each version', async () => {
    const old = await startInstance(cleanup, 'old');
    const bad = await startInstance(cleanup, (_request, response) => response.writeHead(500).end());
    const { gateway, origin } = await gatewayHere(cleanup, [
      route({ stable: target('1', old.address), candidate: target('2', bad.address) }),
    ]);
    await bodies(origin, 4);
    await gateway.weigh(weight({ percent: 100 }));
    await bodies(origin, 3);
    expect(countsOf(gateway, '1')).toMatchObject({ requests: 4, errors: 0, refused: 0, probes: 0 });
    const { latency, ...rest } = countsOf(gateway, '2');
    expect(rest).toEqual({ requests: 3, errors: 3, refused: 0, probes: 0 });
    expect(Object.values(latency).reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it('probes a quiet service by itself, marks and counts the probes, and lets nobody else pose as one', async () => {
    const old = await startInstance(cleanup, 'old');
    const { gateway, origin } = await gatewayHere(cleanup, [
      route({ stable: target('1', old.address), probe: { path: '/probe', perSecond: 50 } }),
    ]);
    await fetch(`${origin}/mine`, { headers: { 'rung-probe': '1' } });
    await until(() => countsOf(gateway, '1').probes >= 3);
    const marks = (path: string): unknown[] =>
      old.seen.filter(({ url }) => url === path).map(({ headers }) => headers['rung-probe']);
    expect(new Set(marks('/probe'))).toEqual(new Set(['1']));
    expect(marks('/mine')).toEqual([undefined]);
    const { requests, probes } = countsOf(gateway, '1');
    expect(requests - probes).toBe(1);
  });
});

describe('what goes wrong behind it', () => {
  it('answers 502 once for a refused connection and never tries again', async () => {
    const { gateway, origin } = await gatewayHere(cleanup, [route({ stable: target('1', '127.0.0.1:1') })]);
    const answer = await fetch(origin);
    expect([answer.status, await answer.text()]).toEqual([502, 'The service did not answer.\n']);
    expect(countsOf(gateway, '1')).toMatchObject({ requests: 1, errors: 1, refused: 1 });
  });

  it('sends a request once even when the instance hangs up on it', async () => {
    const hangUp = await startInstance(cleanup, (request) => request.socket.destroy());
    const { gateway, origin } = await gatewayHere(cleanup, [route({ stable: target('1', hangUp.address) })]);
    expect((await fetch(origin)).status).toBe(502);
    expect(hangUp.seen).toHaveLength(1);
    expect(countsOf(gateway, '1')).toMatchObject({ requests: 1, errors: 1, refused: 0 });
  });

  it('answers 504 when the instance does not begin its answer in time', async () => {
    const mute = await startInstance(cleanup, () => undefined);
    const { gateway, origin } = await gatewayHere(cleanup, [route({ stable: target('1', mute.address) })], {
      answerWithinMs: 300,
    });
    expect((await fetch(origin)).status).toBe(504);
    expect(countsOf(gateway, '1')).toMatchObject({ requests: 1, errors: 1 });
  });

  it('answers 503 when a version has no instance, and counts that as its error', async () => {
    const { gateway, origin } = await gatewayHere(cleanup, [route({ stable: target('1') })]);
    expect((await fetch(origin)).status).toBe(503);
    expect(countsOf(gateway, '1')).toMatchObject({ requests: 1, errors: 1, refused: 0 });
  });

  it('breaks its own answer off when the instance breaks off, and counts the error', async () => {
    const torn = await startInstance(cleanup, (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    });
    const { gateway, origin } = await gatewayHere(cleanup, [route({ stable: target('1', torn.address) })]);
    await expect(fetch(origin).then((answer) => answer.text())).rejects.toThrow();
    expect(countsOf(gateway, '1')).toMatchObject({ requests: 1, errors: 1 });
  });

  it('does not blame a version for a client that goes away', async () => {
    const mute = await startInstance(cleanup, () => undefined);
    const { gateway, port } = await gatewayHere(cleanup, [route({ stable: target('1', mute.address) })]);
    const sent = httpRequest({ host: '127.0.0.1', port: port(), agent: false });
    sent.on('error', () => undefined);
    sent.end();
    await until(() => mute.seen.length === 1);
    const hungUp = once(mute.seen[0]?.socket ?? sent, 'close');
    sent.destroy();
    await hungUp;
    expect(countsOf(gateway, '1')).toMatchObject({ requests: 0, errors: 0 });
    expect(gateway.metrics()).toMatch(/rung_gateway_abandoned_total\{[^}]*\} 1/);
  });

  it('still answers when the instance refuses a large body half-way', async () => {
    const picky = await startInstance(cleanup, (_request, response) =>
      response.writeHead(413).end('too much'),
    );
    const { origin } = await gatewayHere(cleanup, [route({ stable: target('1', picky.address) })]);
    const answer = await fetch(origin, { method: 'POST', body: Buffer.alloc(300_000) });
    expect([answer.status, await answer.text()]).toEqual([413, 'too much']);
  });
});

describe('streams', () => {
  it('passes large bodies both ways unaltered', async () => {
    const echo = await startInstance(cleanup, (request, response) => void request.pipe(response));
    const { origin } = await gatewayHere(cleanup, [route({ stable: target('1', echo.address) })]);
    const body = Buffer.alloc(5_000_000, 'rung');
    const answer = await fetch(origin, { method: 'POST', body });
    expect(digest(Buffer.from(await answer.arrayBuffer()).toString())).toBe(digest(body.toString()));
  });

  it('holds the instance back while its client does not read', async () => {
    let written = 0;
    const chunk = Buffer.alloc(65_536);
    const fountain = await startInstance(cleanup, (_request, response) => {
      const pour = (): void => {
        if (written >= 200_000_000) return;
        written += chunk.length;
        if (response.write(chunk)) pour();
      };
      response.on('drain', pour);
      pour();
    });
    const { port } = await gatewayHere(cleanup, [route({ stable: target('1', fountain.address) })]);
    const client = connect(port(), '127.0.0.1').pause();
    cleanup.add(() => client.destroy());
    client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    let before = -1;
    await until(async () => {
      const still = written > 0 && written === before;
      before = written;
      await new Promise((resolve) => setImmediate(resolve));
      return still;
    });
    expect(written).toBeLessThan(100_000_000);
  });

  it('passes each server-sent event as it comes', async () => {
    const events = await startInstance(cleanup, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      response.write('data: 1\n\n');
    });
    const { origin } = await gatewayHere(cleanup, [route({ stable: target('1', events.address) })]);
    const leave = new AbortController();
    const answer = await fetch(origin, { signal: leave.signal });
    const reader = answer.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
    const event = await reader?.read();
    expect(Buffer.from(event?.value ?? []).toString()).toBe('data: 1\n\n');
    leave.abort();
  });

  it('passes trailers to those who asked', async () => {
    const trailing = await startInstance(cleanup, (_request, response) => {
      response.writeHead(200, { trailer: 'x-sum' });
      response.write('body');
      response.addTrailers({ 'x-sum': '42' });
      response.end();
    });
    const { port } = await gatewayHere(cleanup, [route({ stable: target('1', trailing.address) })]);
    const answer = await ask(port(), { headers: { te: 'trailers', connection: 'te' } });
    expect(await text(answer)).toBe('body');
    expect(answer.trailers).toEqual({ 'x-sum': '42' });
    expect(trailing.seen[0]?.headers.te).toBe('trailers');
  });

  it('answers HEAD with the length and without the body', async () => {
    const old = await startInstance(cleanup, (_request, response) => {
      response.writeHead(200, { 'content-length': 5 }).end('hello');
    });
    const { origin } = await gatewayHere(cleanup, [route({ stable: target('1', old.address) })]);
    const answer = await fetch(origin, { method: 'HEAD' });
    expect([answer.headers.get('content-length'), await answer.text()]).toEqual(['5', '']);
  });

  it('passes early hints', async () => {
    const hinting = await startInstance(cleanup, (_request, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => response.end('done'));
    });
    const { port } = await gatewayHere(cleanup, [route({ stable: target('1', hinting.address) })]);
    const sent = httpRequest({ host: '127.0.0.1', port: port(), agent: false });
    const hinted = once(sent, 'information');
    sent.end();
    const [hint] = (await hinted) as [{ statusCode: number; headers: Record<string, string> }];
    expect([hint.statusCode, hint.headers['link']]).toEqual([103, '</a.css>; rel=preload']);
  });
});

describe('Expect: 100-continue', () => {
  it('lets the instance say whether the body is wanted', async () => {
    const willing = await startInstance(cleanup, (request, response) => void request.pipe(response));
    const { gateway, port } = await gatewayHere(cleanup, [route({ stable: target('1', willing.address) })]);
    const sent = httpRequest({
      host: '127.0.0.1',
      port: port(),
      agent: false,
      method: 'POST',
      headers: { expect: '100-continue', 'content-length': 5 },
    });
    sent.flushHeaders();
    await once(sent, 'continue');
    sent.end('hello');
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect(await text(answer)).toBe('hello');
    expect(countsOf(gateway, '1').requests).toBe(1);
  });

  it('passes a refusal before any of the body was sent', async () => {
    const picky = await startInstance(cleanup, 'unused');
    picky.server.on('checkContinue', (_request, response) => response.writeHead(401).end('who are you?'));
    const { port } = await gatewayHere(cleanup, [route({ stable: target('1', picky.address) })]);
    const sent = httpRequest({
      host: '127.0.0.1',
      port: port(),
      agent: false,
      method: 'POST',
      headers: { expect: '100-continue', 'content-length': 5 },
    });
    let continued = false;
    sent.on('continue', () => (continued = true));
    sent.on('error', () => undefined);
    sent.flushHeaders();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect([answer.statusCode, await text(answer), continued]).toEqual([401, 'who are you?', false]);
    sent.destroy();
  });
});

describe('headers', () => {
  const everything = async (headers: Record<string, string>): Promise<IncomingMessage> => {
    const old = await startInstance(cleanup, 'old');
    const { port } = await gatewayHere(cleanup, [route({ stable: target('1', old.address) })]);
    await text(await ask(port(), { path: '/a?b=c', headers: { host: 'shop.example:8080', ...headers } }));
    const [seen] = old.seen;
    if (seen === undefined) throw new Error('the instance saw no request');
    return seen;
  };

  it('tells the instance who asked, for which host, and gives the request an id', async () => {
    const { headers, url } = await everything({});
    expect(url).toBe('/a?b=c');
    expect(headers).toMatchObject({
      host: 'shop.example:8080',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'shop.example:8080',
      'x-forwarded-proto': 'http',
      forwarded: 'for=127.0.0.1;host="shop.example:8080";proto=http',
      via: '1.1 rung',
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('believes nobody who says for whom he asks, and keeps a request id and a trace', async () => {
    const { headers } = await everything({
      'x-forwarded-for': '6.6.6.6',
      forwarded: 'for=6.6.6.6',
      'x-real-ip': '6.6.6.6',
      'x-request-id': 'abc-1',
      traceparent: '00-1-2-01',
    });
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
    expect(headers.forwarded).not.toContain('6.6.6.6');
    expect(headers['x-real-ip']).toBeUndefined();
    expect([headers['x-request-id'], headers['traceparent']]).toEqual(['abc-1', '00-1-2-01']);
  });

  it('ends hop-by-hop headers here, and lets nobody name a body length as one', async () => {
    const { headers } = await everything({
      connection: 'x-secret-hop, content-length, keep-alive',
      'x-secret-hop': '1',
      'keep-alive': 'timeout=5',
      'proxy-authorization': 'Basic x',
    });
    expect(headers['x-secret-hop']).toBeUndefined();
    expect(headers['keep-alive']).toBeUndefined();
    expect(headers['proxy-authorization']).toBeUndefined();
  });

  it('passes an answer as it is, cookies apart, with the id of its request', async () => {
    const old = await startInstance(cleanup, (_request, response) => {
      response
        .writeHead(418, 'Teapot', ['set-cookie', 'a=1', 'set-cookie', 'b=2', 'x-latin', 'caf\u00e9'])
        .end();
    });
    const { port } = await gatewayHere(cleanup, [route({ stable: target('1', old.address) })]);
    const answer = await ask(port(), { headers: { 'x-request-id': 'abc' } });
    expect([answer.statusCode, answer.statusMessage]).toEqual([418, 'Teapot']);
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect([answer.headers['x-latin'], answer.headers['x-request-id']]).toEqual(['caf\u00e9', 'abc']);
  });

  it('takes a target in absolute form for what it is', async () => {
    const old = await startInstance(cleanup, 'old');
    const { port } = await gatewayHere(cleanup, [route({ stable: target('1', old.address) })]);
    await text(await ask(port(), { path: 'http://shop.example/a?b', headers: { host: 'other' } }));
    expect([old.seen[0]?.url, old.seen[0]?.headers.host]).toEqual(['/a?b', 'shop.example']);
  });
});

it('passes over an offer of HTTP/2 and goes on in HTTP/1.1', async () => {
  const old = await startInstance(cleanup, 'old');
  const { port } = await gatewayHere(cleanup, [route({ stable: target('1', old.address) })]);
  const answer = await ask(port(), {
    headers: { connection: 'upgrade, http2-settings', upgrade: 'h2c', 'http2-settings': '' },
  });
  expect(await text(answer)).toBe('old');
});

it('answers on a port of its own for each service, and keeps the port when told 0 again', async () => {
  const old = await startInstance(cleanup, 'old');
  const api = 'api' as ServiceName;
  const routes = [
    route({ stable: target('1', old.address) }),
    route({ service: api, stable: target('9', old.address) }),
  ];
  const { gateway, port } = await gatewayHere(cleanup, routes);
  const ports = [port(), port(api)];
  expect(new Set(ports).size).toBe(2);
  await gateway.setRoutes(routes);
  expect([port(), port(api)]).toEqual(ports);
});

it('names the port that is taken', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  cleanup.add(() => squatter.close());
  const { port } = squatter.address() as AddressInfo;
  await expect(gatewayHere(cleanup, [route({ port })])).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'port-taken',
  });
});
