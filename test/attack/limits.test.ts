import { describe, expect, it } from 'vitest';
import { type ApiLimits, defaultLimits } from '../../src/api/limits.ts';
import { createChain } from '../api/chain.ts';
import { byToken, call, laptopToken, rawCall, type Stage, stage } from '../api/stage.ts';
import { head, statusesIn, wireTo } from './wire.ts';

const promotions = '/api/v1/projects/access/promotions';
const pages = { promotions: async () => ({ items: [], next: null }) };
const promoting = { requestPromotion: async () => ({ id: 'made' }) as never };

const withLimits = (
  limits: Partial<ApiLimits>,
  parts: Parameters<typeof stage>[0] = { ...pages, ...promoting },
): Promise<Stage> => stage(parts, { limits });

const post = (body: unknown) => ({ headers: byToken(), body });
const outcome = async (answering: ReturnType<typeof call>) => {
  const { status, headers, body } = await answering;
  expect(headers.get('content-type')).toContain('application/problem+json');
  return [status, body.code];
};

describe('what a request may be', () => {
  it('is bounded in the size of its body', async () => {
    const { api } = await withLimits({});
    const body = { release: 'x'.repeat(defaultLimits.bodyBytes) };
    expect(await outcome(call(api, 'POST', promotions, post(body)))).toEqual([413, 'body-too-large']);
  });

  it('is bounded in the depth of its body', async () => {
    const { api } = await withLimits({});
    const nested = (depth: number): unknown =>
      JSON.parse(`${'{"a":'.repeat(depth - 1)}[]${'}'.repeat(depth - 1)}`) as unknown;
    const { jsonDepth } = defaultLimits;
    const asked = async (depth: number) => outcome(call(api, 'POST', promotions, post(nested(depth))));
    expect(await asked(jsonDepth)).toEqual([422, 'request-invalid']);
    expect(await asked(jsonDepth + 1)).toEqual([400, 'body-too-deep']);
  });

  it('is bounded in the length of its address, and of each part of it', async () => {
    const { api } = await withLimits({});
    const long = (length: number) => `/api/v1/projects/${'x'.repeat(length)}/promotions`;
    expect(await outcome(call(api, 'GET', long(150), { headers: byToken() }))).toEqual([
      422,
      'request-invalid',
    ]);
    expect(await outcome(call(api, 'GET', long(5000), { headers: byToken() }))).toEqual([
      414,
      'address-too-long',
    ]);
    const query = `${promotions}?after=${'x'.repeat(5000)}`;
    expect(await outcome(call(api, 'GET', query, { headers: byToken() }))).toEqual([414, 'address-too-long']);
  });

  it('has an address that can be read', async () => {
    const { api } = await withLimits({});
    const { status, headers, text } = await rawCall(api, {
      path: '/api/v1/projects/%zz/board',
      headers: { host: `127.0.0.1:${api.port}` },
    });
    expect([status, (JSON.parse(text) as { code: string }).code]).toEqual([400, 'address-unreadable']);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it.each([
    ['too many headers', Array.from({ length: 120 }, (_, at) => `x-${at}: 1`)],
    ['headers too large', [`x-large: ${'x'.repeat(20_000)}`]],
  ])('is refused with %s', async (_what, lines) => {
    const { api } = await withLimits({});
    const wire = wireTo(api.port);
    wire.write(head(api.port, 'GET /api/v1/me', 'connection: close', ...lines));
    const come = await wire.ended;
    expect(statusesIn(come)).toEqual([431]);
    expect(come).toContain('application/problem+json');
    expect(come).toContain('"code":"headers-too-large"');
  });
});

describe('connections', () => {
  it('are bounded, and one more is cut off', async () => {
    const { api } = await withLimits({ connections: 2 });
    const open = [wireTo(api.port), wireTo(api.port)];
    for (const wire of open) {
      wire.write(head(api.port, 'GET /healthz'));
      await wire.until('alive');
    }
    expect(await wireTo(api.port).ended).toBe('');
  });
});

describe('who sends too slowly', () => {
  it('is cut off in the middle of the headers', async () => {
    const { api } = await withLimits({ headersMs: 300 });
    const wire = wireTo(api.port);
    wire.write('GET /api/v1/me HTTP/1.1\r\nhost: 127.0.0.1');
    expect(statusesIn(await wire.ended)).toEqual([408]);
  });

  it('is cut off when nothing comes at all', async () => {
    const { api } = await withLimits({ headersMs: 300 });
    expect(await wireTo(api.port).ended).toContain('request-too-slow');
  });

  it('is cut off in the middle of a body, however steadily it drips', async () => {
    const { api } = await withLimits({ bodyMs: 300 });
    const wire = wireTo(api.port);
    const lines = [`authorization: Bearer ${laptopToken}`, 'content-type: application/json'];
    wire.write(head(api.port, `POST ${promotions}`, ...lines, 'content-length: 1000'));
    const drip = setInterval(() => wire.write(' '), 20);
    const come = await wire.ended.finally(() => clearInterval(drip));
    expect(statusesIn(come)).toEqual([408]);
    expect(come).toContain('"code":"request-too-slow"');
  });

  it('holds nobody else up meanwhile', async () => {
    const { api } = await withLimits({});
    for (let count = 0; count < 200; count += 1)
      wireTo(api.port).write('GET /api/v1/me HTTP/1.1\r\nhost: 127.0.0.1');
    expect((await call(api, 'GET', promotions, { headers: byToken() })).status).toBe(200);
  });
});

describe('who asks too often', () => {
  const rate = { burst: 3, perSecond: 0.01 };

  it('is told when to go on, person by person and token by token', async () => {
    const token = (id: string) => ({ authorization: `Bearer rung_${id}` });
    const { api } = await withLimits(
      { rate },
      {
        ...pages,
        callerOfToken: async (secret) => ({
          project: '0197a1b2-0000-7000-8000-000000000001' as never,
          caller: {
            actor: { kind: 'token', id: secret as never, name: secret },
            scopes: ['read'],
            person: null,
          },
        }),
      },
    );
    const ask = (headers: Record<string, string>) => call(api, 'GET', promotions, { headers });
    const statuses = async (headers: Record<string, string>) => {
      const got: number[] = [];
      for (let count = 0; count < 4; count += 1) got.push((await ask(headers)).status);
      return got;
    };
    expect(await statuses(token('one'))).toEqual([200, 200, 200, 429]);
    expect(await statuses(token('two'))).toEqual([200, 200, 200, 429]);
    // Acting as somebody else gives nobody another bucket.
    expect((await ask(byToken())).status).toBe(200);
    expect(await statuses(byToken({ 'rung-act-as': 'ada@example.org' }))).toEqual([200, 200, 429, 429]);
    const refused = await ask(token('one'));
    expect(refused.body.code).toBe('calls-too-many');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is held back when the proof is wrong, and whoever has a right one is not', async () => {
    const { api } = await withLimits({ unprovedRate: rate });
    const wrong = { headers: { authorization: 'Bearer wrong' } };
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1)
      statuses.push((await call(api, 'GET', promotions, wrong)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await call(api, 'GET', promotions, { headers: byToken() })).status).toBe(200);
  });

  it('is told that all hands are busy, and health is told even then', async () => {
    const work = Promise.withResolvers<{ items: never[]; next: null }>();
    const asked = Promise.withResolvers<void>();
    const { api } = await withLimits(
      { underWay: 1 },
      {
        promotions: () => {
          asked.resolve();
          return work.promise;
        },
      },
    );
    const first = call(api, 'GET', promotions, { headers: byToken() });
    await asked.promise;
    const second = await call(api, 'GET', '/api/v1/me', { headers: byToken() });
    expect([second.status, second.body.code, second.headers.get('retry-after')]).toEqual([503, 'busy', '1']);
    expect((await call(api, 'GET', '/healthz')).status).toBe(200);
    work.resolve({ items: [], next: null });
    expect((await first).status).toBe(200);
    expect((await call(api, 'GET', '/api/v1/me', { headers: byToken() })).status).toBe(200);
  });
});

describe('pages and streams', () => {
  it('are bounded', async () => {
    const { api } = await withLimits({});
    const beyond = `${promotions}?limit=201`;
    expect(await outcome(call(api, 'GET', beyond, { headers: byToken() }))).toEqual([422, 'request-invalid']);
  });

  it('of one person leave room for the others', async () => {
    const chain = createChain();
    const { api } = await withLimits({ streams: 3, streamsOfOne: 2 }, chain.parts);
    const follow = async (headers: Record<string, string>) => {
      const response = await fetch(`${api.address}/api/v1/projects/access/events`, { headers });
      return response;
    };
    const open = [await follow(byToken()), await follow(byToken({ 'rung-act-as': 'ada@example.org' }))];
    expect(open.map(({ status }) => status)).toEqual([200, 200]);
    expect((await follow(byToken())).status).toBe(429);
    for (const { body } of open) await body?.cancel();
  });
});
