import { expect, it } from 'vitest';
import type { Caller } from '../../src/lifecycle/face.ts';
import { createApi } from '../../src/api/index.ts';
import { byToken, call, cookieOf, owner, signIn, stage } from './stage.ts';

const environment = { name: 'staging' };
const validated = () => {
  const callers: Caller[] = [];
  return {
    callers,
    parts: {
      validate: async (_project: unknown, _name: unknown, _ask: unknown, caller: Caller) => {
        callers.push(caller);
        return environment as never;
      },
    },
  };
};
const path = '/api/v1/projects/access/environments/staging/validation';

it('lets the owner of a laptop act as a member, and says in every deed who really sat there', async () => {
  const { callers, parts } = validated();
  const { api } = await stage(parts);
  const headers = await signIn(api);
  const acted = await call(api, 'POST', '/api/v1/me/act-as', {
    headers,
    body: { member: 'ada@example.org' },
  });
  expect(acted.body).toMatchObject({
    id: owner,
    actingAs: 'ada@example.org',
    roles: ['engineering-lead', 'qa-lead'],
  });
  await call(api, 'POST', path, { headers: { ...headers, cookie: cookieOf(acted) }, body: {} });
  expect(callers).toEqual([
    {
      actor: { kind: 'person', id: 'ada@example.org', actingFrom: owner },
      person: 'ada@example.org',
      scopes: 'all',
    },
  ]);
});

it('lets one be oneself again', async () => {
  const { api } = await stage();
  const headers = await signIn(api);
  const acted = await call(api, 'POST', '/api/v1/me/act-as', { headers, body: { member: 'bo@example.org' } });
  const self = await call(api, 'POST', '/api/v1/me/act-as', {
    headers: { ...headers, cookie: cookieOf(acted) },
    body: { member: null },
  });
  expect(self.body).toMatchObject({ id: owner, actingAs: null });
});

it('lists whom one may act as', async () => {
  const { api } = await stage();
  const { body } = await call(api, 'GET', '/api/v1/me', { headers: await signIn(api) });
  expect(body.mayActAs).toEqual([
    { id: 'ada@example.org', roles: ['engineering-lead', 'qa-lead'] },
    { id: 'bo@example.org', roles: ['qa-lead'] },
  ]);
});

it('lets nobody act as somebody whom no project file names', async () => {
  const { api } = await stage();
  const body = { member: 'mallory@example.org' };
  const byPage = await call(api, 'POST', '/api/v1/me/act-as', { headers: await signIn(api), body });
  expect([byPage.status, byPage.body.code]).toEqual([403, 'member-unknown']);
  const byHeader = await call(api, 'GET', '/api/v1/me', {
    headers: byToken({ 'rung-act-as': 'mallory@example.org' }),
  });
  expect([byHeader.status, byHeader.body.code]).toEqual([403, 'member-unknown']);
});

it('lets the command line on the laptop act as a member by a header', async () => {
  const { callers, parts } = validated();
  const { api } = await stage(parts);
  await call(api, 'POST', path, { headers: byToken({ 'rung-act-as': 'bo@example.org' }), body: {} });
  expect(callers[0]?.actor).toEqual({ kind: 'person', id: 'bo@example.org', actingFrom: owner });
});

it('refuses the header from anybody but the laptop’s own token', async () => {
  const { api } = await stage();
  const headers = { ...(await signIn(api)), 'rung-act-as': 'bo@example.org' };
  expect((await call(api, 'GET', '/api/v1/me', { headers })).body.code).toBe('acting-as-refused');
});

it('refuses to start with acting as others on a listener that others can reach', async () => {
  const { options } = await stage();
  await expect(createApi({ ...options, listen: { host: '0.0.0.0', port: 0 } })).rejects.toMatchObject({
    kind: 'denied',
    code: 'acting-as-needs-loopback',
  });
  await expect(createApi({ ...options, publicOrigin: 'https://rung.example.org' })).rejects.toMatchObject({
    code: 'acting-as-needs-loopback',
  });
});

it('has no acting as others where it is no laptop', async () => {
  const laptop = await stage();
  const headers = await signIn(laptop.api);
  await laptop.api.close();
  const { api } = await stage(
    {},
    {
      laptop: null,
      sessionKey: laptop.options.sessionKey,
      folder: laptop.folder,
      listen: { host: '127.0.0.1', port: laptop.api.port },
    },
  );
  const acted = await call(api, 'POST', '/api/v1/me/act-as', { headers, body: { member: 'bo@example.org' } });
  expect([acted.status, acted.body.code]).toEqual([403, 'acting-as-refused']);
  expect((await call(api, 'GET', '/api/v1/me', { headers: byToken() })).status).toBe(401);
});
