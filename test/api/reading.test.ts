import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createSignInFolder } from '../../src/providers/laptop-identity/index.ts';
import { createApi } from '../../src/api/index.ts';
import { verifyExport } from '../../src/domain/audit/index.ts';
import { createChain } from './chain.ts';
import { byToken, call, codeOf, project, rawCall, redeem, stage } from './stage.ts';

it('pages through what there is, with the next page in the body and in a Link header', async () => {
  const asked: unknown[] = [];
  const { api } = await stage({
    releases: async (_project, page) => {
      asked.push(page);
      return { items: [], next: 'release-50' };
    },
  });
  const path = '/api/v1/projects/access/releases?limit=50&after=release-0';
  const { headers, body } = await call(api, 'GET', path, { headers: byToken() });
  expect(asked).toEqual([{ limit: 50, after: 'release-0' }]);
  expect(body).toEqual({ items: [], next: 'release-50' });
  expect(headers.get('link')).toBe(
    '</api/v1/projects/access/releases?limit=50&after=release-50>; rel="next"',
  );
});

it('reads numbers and booleans out of the address', async () => {
  const asked: unknown[] = [];
  const { api } = await stage({
    promotions: async (_project, query) => {
      asked.push(query);
      return { items: [], next: null };
    },
  });
  await call(api, 'GET', '/api/v1/projects/access/promotions?open=true&environment=prod', {
    headers: byToken(),
  });
  expect(asked).toEqual([{ open: true, environment: 'prod' }]);
});

it('pages backwards through the log', async () => {
  const { api } = await stage({
    log: async (_project, { before }) => ({ items: [], next: String(Number(before) - 10) }),
  });
  const path = '/api/v1/projects/access/log?before=100';
  const { headers } = await call(api, 'GET', path, { headers: byToken() });
  expect(headers.get('link')).toContain('before=90');
});

it('exports the whole log as JSON Lines that the verifier reads', async () => {
  const chain = createChain();
  for (let index = 1; index <= 1200; index += 1) chain.happen(`event ${index}`);
  const { api } = await stage(chain.parts);
  const path = '/api/v1/projects/access/audit/export';
  const { headers, text } = await call(api, 'GET', path, { headers: byToken() });
  expect(headers.get('content-disposition')).toBe('attachment; filename="access-audit.jsonl"');
  const lines = text.trimEnd().split('\n');
  expect(lines).toHaveLength(1201);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ rungAudit: 1, project: project.id, publicKey: 'key' });
  expect(JSON.parse(lines[1200] ?? '')).toMatchObject({ position: 1200, message: 'event 1200' });
  const report = await verifyExport(lines, { controlPlane: [], agents: {} }, []);
  expect(JSON.stringify(report)).not.toContain('header-unreadable');
});

it('shows the board with whom one may act as', async () => {
  const { api } = await stage({ board: async () => ({ viewer: { id: 'x', mayActAs: [] } }) as never });
  const { body } = await call(api, 'GET', '/api/v1/projects/access/board', { headers: byToken() });
  expect(body.viewer.mayActAs).toHaveLength(2);
});

it('serves the page for every address that is nothing else, and its files for long', async () => {
  const { folder, api: bare } = await stage();
  expect((await call(bare, 'GET', '/')).text).toContain('has not been built');
  const webFolder = join(folder, 'web');
  await mkdir(join(webFolder, 'assets'), { recursive: true });
  await writeFile(join(webFolder, 'index.html'), '<!doctype html><title>Rung</title>');
  await writeFile(join(webFolder, 'assets', 'main-abc.js'), 'export {};');
  const { api } = await stage({}, { webFolder });
  for (const path of ['/', '/releases/1.4.0', '/?x=1']) {
    const page = await call(api, 'GET', path);
    expect([page.status, page.text]).toEqual([200, '<!doctype html><title>Rung</title>']);
    expect(page.headers.get('cache-control')).toBe('no-cache');
  }
  const script = await call(api, 'GET', '/assets/main-abc.js');
  expect(script.headers.get('content-type')).toContain('javascript');
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect((await call(api, 'GET', '/assets/gone.js')).status).toBe(404);
  expect((await call(api, 'GET', '/assets/..%2f..%2fsign-in.json')).status).toBe(404);
});

it('says whether it lives and whether it is ready', async () => {
  let isReady = false;
  const { api } = await stage(
    {},
    { ready: async () => (isReady ? undefined : Promise.reject(new Error('no database yet'))) },
  );
  expect((await call(api, 'GET', '/healthz')).body).toEqual({ status: 'alive' });
  expect((await rawCall(api, { path: '/healthz', headers: { host: '10.0.0.7' } })).status).toBe(200);
  const notYet = await call(api, 'GET', '/readyz');
  expect([notYet.status, notYet.body.code]).toEqual([503, 'not-ready']);
  isReady = true;
  expect((await call(api, 'GET', '/readyz')).body).toEqual({ status: 'ready' });
});

it('counts its answers by route, never by address', async () => {
  const metrics = new Registry();
  const { api } = await stage({ release: async () => ({}) as never }, { metrics });
  await call(api, 'GET', '/api/v1/projects/access/releases/1.4.0', { headers: byToken() });
  const { text } = await call(api, 'GET', '/metrics');
  expect(text).toContain(
    'rung_api_requests_total{method="GET",route="/api/v1/projects/:project/releases/:release",status="200"} 1',
  );
});

it('keeps to https where people reach it by https: secure cookie, HSTS, its own origin alone', async () => {
  const { options, folder } = await stage();
  const signInMemory = createSignInFolder(join(folder, 'others'), options.clock);
  const api = await createApi({
    ...options,
    signInMemory,
    laptop: null,
    publicOrigin: 'https://rung.example.org',
    listen: { host: '127.0.0.1', port: 0 },
    identity: { ...options.identity, finish: async () => 'ada@example.org' as never },
  });
  try {
    expect(api.address).toBe('https://rung.example.org');
    const page = await rawCall(api, { path: '/', headers: { host: 'rung.example.org' } });
    expect(page.headers['strict-transport-security']).toContain('max-age');
    const local = { address: `http://127.0.0.1:${api.port}` };
    const body = { method: 'oidc', parameters: {} };
    const foreign = await call(local, 'POST', '/api/v1/sign-in', {
      headers: { origin: 'https://evil.example' },
      body,
    });
    expect(foreign.body.code).toBe('origin-foreign');
    const signedIn = await call(local, 'POST', '/api/v1/sign-in', {
      headers: { origin: local.address },
      body,
    });
    expect(signedIn.headers.get('set-cookie')).toMatch(/^__Host-rung=.*Secure/);
  } finally {
    await api.close();
  }
});

it('names the address that is taken', async () => {
  const { api, options } = await stage();
  await expect(
    createApi({ ...options, listen: { host: '127.0.0.1', port: api.port } }),
  ).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'address-taken',
  });
});

it('comes up on another port where the first was taken, with the same figures', async () => {
  const { api, options } = await stage();
  const metrics = new Registry();
  const at = (port: number) => createApi({ ...options, metrics, listen: { host: '127.0.0.1', port } });
  await expect(at(api.port)).rejects.toMatchObject({ code: 'address-taken' });
  const other = await at(0);
  try {
    const { text } = await call(other, 'GET', '/metrics');
    expect(text).toContain('rung_api_requests_total');
  } finally {
    await other.close();
  }
});

it('signs in by the localhost name as well as by the number', async () => {
  const { api } = await stage();
  const origin = `http://localhost:${api.port}`;
  const answer = await redeem({ ...api, address: origin }, await codeOf(api), { origin });
  expect(answer.status).toBe(200);
});
