import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ActorId } from '../../src/domain/ids.ts';
import { createVirtualClock } from '../../src/engine/virtual-clock.ts';
import { byToken, call, codeOf, cookieOf, owner, redeem, signIn, stage, startOfTime } from './stage.ts';

const hourMs = 3_600_000;

it('signs the owner of the laptop in by the link that was printed', async () => {
  const { api } = await stage();
  const headers = await signIn(api);
  const { status, body } = await call(api, 'GET', '/api/v1/me', { headers });
  expect(status).toBe(200);
  expect(body).toMatchObject({ id: owner, actingAs: null, roles: [], via: 'session' });
});

it('takes a sign-in link once', async () => {
  const { api } = await stage();
  const code = await codeOf(api);
  expect((await redeem(api, code)).status).toBe(200);
  const second = await redeem(api, code);
  expect(second.status).toBe(401);
  expect(second.body).toMatchObject({ code: 'sign-in-refused', kind: 'denied' });
  expect(second.headers.get('set-cookie')).toBeNull();
});

it('does not spend a link by fetching the page behind it', async () => {
  const { api } = await stage();
  const link = await api.signInLink(owner);
  const page = await fetch(link.url);
  expect(await page.text()).toContain('sign-in.js');
  expect(page.headers.get('set-cookie')).toBeNull();
  expect((await redeem(api, new URL(link.url).hash.slice(1))).status).toBe(200);
});

it('takes a link no longer than a quarter of an hour', async () => {
  const clock = createVirtualClock(startOfTime);
  const { api } = await stage({}, { clock });
  const code = await codeOf(api);
  await clock.advance(15 * 60_000 + 1);
  expect((await redeem(api, code)).status).toBe(401);
});

it('keeps of a link nothing that signs anybody in, in a file that only its owner reads', async () => {
  const { api, folder } = await stage();
  const code = await codeOf(api);
  const kept = await readdir(join(folder, 'sign-ins'), { recursive: true, withFileTypes: true });
  const files = kept.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  expect(files).toHaveLength(1);
  for (const path of files) {
    expect(`${path} ${await readFile(path, 'utf8')}`).not.toContain(code);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  }
});

it('sets a cookie that scripts cannot read and other sites cannot send', async () => {
  const { api } = await stage();
  const cookie = (await redeem(api, await codeOf(api))).headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(new RegExp(`^rung-${api.port}=`));
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Strict');
  expect(cookie).toContain('Path=/');
  expect(cookie).not.toContain('Domain');
});

it('ends a session that nobody used for half a day', async () => {
  const clock = createVirtualClock(startOfTime);
  const { api } = await stage({}, { clock });
  const headers = await signIn(api);
  await clock.advance(11 * hourMs);
  expect((await call(api, 'GET', '/api/v1/me', { headers })).status).toBe(200);
  await clock.advance(hourMs + 1);
  const { status, body } = await call(api, 'GET', '/api/v1/me', { headers });
  expect([status, body.code]).toEqual([401, 'signed-out']);
});

it('keeps a session alive while somebody uses it, a week at most', async () => {
  const clock = createVirtualClock(startOfTime);
  const { api } = await stage({}, { clock });
  let headers = await signIn(api);
  for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
    await clock.advance(6 * hourMs);
    const answer = await call(api, 'GET', '/api/v1/me', { headers });
    expect(answer.status).toBe(200);
    headers = { cookie: cookieOf(answer), origin: api.address };
  }
  await clock.advance(6 * hourMs);
  expect((await call(api, 'GET', '/api/v1/me', { headers })).status).toBe(401);
});

it('knows a session again after the control plane was restarted', async () => {
  const first = await stage();
  const headers = await signIn(first.api);
  await first.api.close();
  const port = first.api.port;
  const { api } = await stage(
    {},
    { sessionKey: first.options.sessionKey, listen: { host: '127.0.0.1', port }, folder: first.folder },
  );
  expect((await call(api, 'GET', '/api/v1/me', { headers })).status).toBe(200);
});

it('forgets a session that was signed out, even where its cookie was kept', async () => {
  const { api } = await stage();
  const headers = await signIn(api);
  const out = await call(api, 'POST', '/api/v1/sign-out', { headers });
  expect(out.body).toEqual({ signedIn: false });
  expect((await call(api, 'GET', '/api/v1/me', { headers })).status).toBe(401);
});

it('refuses a cookie that was tampered with', async () => {
  const { api } = await stage();
  const { cookie = '', origin = '' } = await signIn(api);
  const forged = `${cookie.slice(0, -2)}${cookie.endsWith('AA') ? 'BB' : 'AA'}`;
  expect((await call(api, 'GET', '/api/v1/me', { headers: { cookie: forged, origin } })).status).toBe(401);
});

it('slows down whoever tries codes', async () => {
  const clock = createVirtualClock(startOfTime);
  const { api } = await stage({}, { clock });
  const tries = [];
  for (let index = 0; index < 11; index += 1) tries.push((await redeem(api, 'x'.repeat(43))).status);
  expect(tries).toEqual([...Array<number>(10).fill(401), 429]);
  const limited = await redeem(api, 'x'.repeat(43));
  expect(limited.headers.get('retry-after')).toBe('6');
  await clock.advance(6000);
  expect((await redeem(api, await codeOf(api))).status).toBe(200);
});

it('makes a new link for the command line on the same machine', async () => {
  const { api } = await stage();
  const made = await call(api, 'POST', '/api/v1/sign-in/links', { headers: byToken() });
  expect(made.status).toBe(201);
  expect((await redeem(api, new URL(made.body.url).hash.slice(1))).status).toBe(200);
  const headers = await signIn(api);
  expect((await call(api, 'POST', '/api/v1/sign-in/links', { headers })).body.code).toBe(
    'sign-in-links-refused',
  );
});

it('tells the log of every project who signed in, whom they play, and that they do no more', async () => {
  const opened: (readonly [ActorId, ActorId | null])[] = [];
  const { api } = await stage({
    sessionOpened: async (_project, person, actingAs) => void opened.push([person, actingAs]),
  });
  const headers = await signIn(api);
  await call(api, 'POST', '/api/v1/me/act-as', { headers, body: { member: 'bo@example.org' } });
  await call(api, 'POST', '/api/v1/me/act-as', { headers, body: { member: null } });
  expect(opened).toEqual([
    [owner, null],
    [owner, 'bo@example.org'],
    [owner, owner],
  ]);
});
