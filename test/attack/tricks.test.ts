import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createChain } from '../api/chain.ts';
import { byToken, call, laptopToken, rawCall, signIn, stage } from '../api/stage.ts';
import { head, statusesIn, wireTo } from './wire.ts';
import { ada, openWorld, type World } from './world.ts';

const base = '/api/v1/projects/access';
const asAda = { headers: byToken({ 'rung-act-as': ada }) };

/** Nothing was found and nothing was done, and Rung says so in its own words. */
async function isRefused(world: World, method: string, path: string, body?: unknown): Promise<void> {
  const { api, logged } = world.stage;
  const { status, headers, text } = await rawCall(api, {
    path,
    method,
    headers: { host: `127.0.0.1:${api.port}`, ...asAda.headers },
  });
  const answer = body === undefined ? null : await call(api, method, path, { ...asAda, body });
  expect([400, 404, 405, 414, 422], `${method} ${path}: ${text}`).toContain(answer?.status ?? status);
  expect(answer?.headers.get('content-type') ?? headers['content-type']).toContain(
    'application/problem+json',
  );
  expect(logged).toEqual([]);
}

const tricks = [
  '..',
  '%2e%2e',
  '..%2f..%2fother',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%5c..%5cother',
  '%00',
  'prod%00',
  '%0d%0aset-cookie:%20a=b',
  '%ff%fe',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'prod%20',
  'PROD',
  // Letters of another alphabet that look the same.
  encodeURIComponent('рrod'),
  encodeURIComponent('ｐｒｏｄ'),
  encodeURIComponent('pro\u200bd'),
];

describe('names that are tricks', () => {
  it('lead to nothing but what they name, wherever they stand in an address', async () => {
    const world = await openWorld();
    for (const trick of tricks)
      for (const path of [
        `${base}/environments/${trick}`,
        `${base}/environments/${trick}/rules`,
        `${base}/releases/${trick}`,
        `${base}/promotions/${trick}`,
        `${base}/rollouts/${trick}/recording`,
        `${base}/evidence/${trick}/file`,
        `${base}/change-requests/${trick}`,
        `${base}/releases/${world.wanted}/why?to=${trick}`,
        `/api/v1/projects/${trick}/board`,
      ])
        await isRefused(world, 'GET', path);
  });

  it('are asked for in a body in vain', async () => {
    const world = await openWorld();
    for (const trick of tricks.map((one) => decodeOr(one))) {
      await isRefused(world, 'POST', `${base}/promotions`, { release: trick, to: 'prod' });
      await isRefused(world, 'POST', `${base}/promotions`, { release: world.wanted, to: trick });
      await isRefused(world, 'DELETE', `${base}/tokens/${encodeURIComponent(trick)}`);
    }
  });

  it('are nobody: whoever looks like a member is not the member', async () => {
    const world = await openWorld();
    for (const lookalike of ['аda@example.org', 'ADA@example.org', 'ada@example.org\u200b', '__proto__']) {
      const answer = await call(world.stage.api, 'GET', `${base}/board`, {
        headers: byToken({ 'rung-act-as': encodeURIComponent(lookalike) }),
      });
      expect([answer.status, answer.body.code]).toEqual([403, 'member-unknown']);
    }
  });
});

const decodeOr = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

describe('what is packed into a request', () => {
  it('is not unpacked: a bomb stays as small as it came', async () => {
    const { api } = await stage();
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const answer = await fetch(`${api.address}${base}/promotions`, {
      method: 'POST',
      headers: byToken({ 'content-type': 'application/json', 'content-encoding': 'gzip' }),
      body: bomb,
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      415,
      'media-type-unknown',
    ]);
  });

  it.each([
    ['a key of all objects', '{"__proto__":{"release":"1.0.0"},"to":"prod"}'],
    ['one further down', '{"to":"prod","a":{"__proto__":{}}}'],
    ['one that is written otherwise', '{"\\u005f_proto__":{},"to":"prod"}'],
    ['a constructor', '{"constructor":{"prototype":{"admin":true}},"to":"prod"}'],
  ])('changes no object but its own by %s', async (_what, body) => {
    const world = await openWorld();
    const answer = await fetch(`${world.stage.api.address}${base}/promotions`, {
      method: 'POST',
      headers: { ...asAda.headers, 'content-type': 'application/json' },
      body,
    });
    expect([400, 422]).toContain(answer.status);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('what stands in a log', () => {
  it('is the route and never the address: nobody writes lines there', async () => {
    const { api, logged } = await stage({ promotions: () => Promise.reject(new Error('broken')) });
    const forged = encodeURIComponent('x\n{"level":50,"msg":"forged"}');
    await call(api, 'GET', `${base}/promotions?environment=${forged}`, { headers: byToken() });
    await call(api, 'GET', `${base}/promotions`, { headers: byToken({ 'user-agent': 'forged' }) });
    expect(logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(logged)).not.toContain('forged');
  });
});

describe('the place that a reader of events says', () => {
  it.each(['-1', '1e3', '9'.repeat(400), 'NaN', '0x10', '1; drop table events', '{"a":1}', ' '])(
    'may be %s: then it begins with what is new',
    async (place) => {
      const chain = createChain();
      chain.happen('old');
      const { api, logged } = await stage(chain.parts);
      const wire = wireTo(api.port);
      const proof = `authorization: Bearer ${laptopToken}`;
      wire.write(head(api.port, `GET ${base}/events`, proof, `last-event-id: ${place}`));
      await wire.until('text/event-stream');
      chain.happen('new');
      const come = await wire.until('new');
      expect([statusesIn(come), come.includes('"old"'), logged]).toEqual([[200], false, []]);
    },
  );
});

describe('the session of the page', () => {
  it('is taken from its own cookie alone, and from one', async () => {
    const { api } = await stage();
    const { cookie = '' } = await signIn(api);
    const value = cookie.slice(cookie.indexOf('=') + 1);
    const statusWith = async (sent: string) =>
      (await call(api, 'GET', '/api/v1/me', { headers: { cookie: sent } })).status;
    expect(await statusWith(cookie)).toBe(200);
    for (const other of [`rung=${value}`, `rung-1=${value}`, `${cookie}x`, `x${cookie}`])
      expect(await statusWith(other), other).toBe(401);
  });
});
