import { expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import type { ProjectId } from '../../src/domain/ids.ts';
import { byToken, call, project, rawCall, signIn, stage } from './stage.ts';

const promotions = '/api/v1/projects/access/promotions';
const ask = { release: '1.4.0', to: 'staging' };
const promoting = { requestPromotion: async () => ({ id: 'made' }) as never };

it('takes a change from its own page', async () => {
  const { api } = await stage(promoting);
  const headers = await signIn(api);
  expect((await call(api, 'POST', promotions, { headers, body: ask })).status).toBe(201);
});

it.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['no origin at all', { origin: '' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ['a page of the same site', { 'sec-fetch-site': 'same-site' }],
  ['an opaque origin', { origin: 'null' }],
])('refuses a change that a browser sends from %s', async (_from, changed) => {
  const { api } = await stage(promoting);
  const headers = { ...(await signIn(api)), ...changed } as Record<string, string>;
  if (headers['origin'] === '') delete headers['origin'];
  const { status, body } = await call(api, 'POST', promotions, { headers, body: ask });
  expect([status, body.code]).toEqual([403, 'origin-foreign']);
});

it('refuses to sign somebody in from another site', async () => {
  const { api } = await stage();
  const { status, body } = await call(api, 'POST', '/api/v1/sign-in', {
    headers: { origin: 'https://evil.example' },
    body: { method: 'one-time-link', parameters: { code: 'x' } },
  });
  expect([status, body.code]).toEqual([403, 'origin-foreign']);
});

it('reads no form that a foreign page can send', async () => {
  const { api } = await stage(promoting);
  const headers = { ...(await signIn(api)), 'content-type': 'text/plain' };
  const response = await fetch(`${api.address}${promotions}`, { method: 'POST', headers, body: '{}' });
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({ code: 'media-type-unknown' });
});

it('answers to no host name but its own (DNS rebinding)', async () => {
  const { api } = await stage();
  const foreign = await rawCall(api, { path: '/api/v1/me', headers: { host: `evil.example:${api.port}` } });
  expect(foreign.status).toBe(421);
  expect(JSON.parse(foreign.text)).toMatchObject({ code: 'host-foreign' });
  const own = await rawCall(api, {
    path: '/api/v1/me',
    headers: { host: `localhost:${api.port}`, ...byToken() },
  });
  expect(own.status).toBe(200);
});

it('sends security headers with every answer, problems and the page included', async () => {
  const { api } = await stage();
  for (const path of ['/', '/sign-in', '/api/v1/me', '/api/v1/nothing']) {
    const { headers } = await call(api, 'GET', path);
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toBeNull();
    if (path.startsWith('/api')) expect(headers.get('cache-control')).toBe('no-store');
  }
});

it('asks who calls before anything else', async () => {
  const { api } = await stage();
  const answer = await call(api, 'POST', promotions, { body: { nonsense: true } });
  expect([answer.status, answer.body.code]).toEqual([401, 'signed-out']);
  expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  for (const authorization of ['Bearer wrong', 'Bearer ', 'Basic eDp5'])
    expect((await call(api, 'GET', promotions, { headers: { authorization } })).body.code).toBe(
      'token-unknown',
    );
});

const tokenOf = (scopes: readonly ('read' | 'build' | 'promote')[], of: ProjectId = project.id) => ({
  callerOfToken: async () => ({
    project: of,
    caller: { actor: { kind: 'token', id: 'ci', name: 'ci' }, scopes, person: null } as never,
  }),
});
const ci = { authorization: 'Bearer rung_abc' };

it('holds a token for CI to its scopes', async () => {
  const { api } = await stage({
    ...promoting,
    ...tokenOf(['read']),
    promotions: async () => ({ items: [], next: null }),
  });
  expect((await call(api, 'GET', promotions, { headers: ci })).status).toBe(200);
  const denied = await call(api, 'POST', promotions, { headers: ci, body: ask });
  expect([denied.status, denied.body.code]).toEqual([403, 'scope-missing']);
  const tokens = await call(api, 'GET', '/api/v1/projects/access/tokens', { headers: ci });
  expect([tokens.status, tokens.body.code]).toEqual([403, 'person-needed']);
});

it('lets no token approve (REL-3)', async () => {
  const { api } = await stage(tokenOf(['read', 'build', 'promote']));
  const answer = await call(api, 'POST', `${promotions}/0197a1b2-0000-7000-8000-0000000000aa/approve`, {
    headers: ci,
    body: { planHash: `sha256:${'a'.repeat(64)}` },
  });
  expect([answer.status, answer.body.code]).toEqual([403, 'person-needed']);
});

it('holds a token for CI to its project', async () => {
  const { api } = await stage({
    ...tokenOf(['read']),
    projects: async () => [project, { ...project, id: 'x' as never }],
  });
  const foreign = await call(api, 'GET', '/api/v1/projects/other/promotions', { headers: ci });
  expect([foreign.status, foreign.body.code]).toEqual([403, 'token-foreign']);
  expect((await call(api, 'GET', '/api/v1/projects', { headers: ci })).body.items).toEqual([project]);
});

it('says everything that is wrong with a request at once', async () => {
  const { api } = await stage(promoting);
  const body = { release: '', dryRun: 'yes', colour: 'red' };
  const answer = await call(api, 'POST', promotions, { headers: byToken(), body });
  expect(answer.status).toBe(422);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    type: 'urn:rung:failure:request-invalid',
    title: 'The request is not valid',
    status: 422,
    kind: 'invalid',
    code: 'request-invalid',
    wayOut: 'Put right what is listed under problems and send it again.',
  });
  const pointers = answer.body.problems.map((problem: { pointer: string }) => problem.pointer);
  expect(pointers.toSorted()).toEqual(['', '/colour', '/dryRun', '/release']);
  expect(answer.body.problems).toContainEqual({
    message: '`colour` is not known here',
    instead: 'one of release, to, reason, dryRun, emergency',
    pointer: '/colour',
  });
});

it.each([
  ['an unknown query', 'GET', `${promotions}?colour=red`],
  ['a page too large', 'GET', `${promotions}?limit=201`],
  ['an id that is none', 'GET', `${promotions}/1`],
  [
    'a sample beyond the last that can be',
    'GET',
    `/api/v1/projects/access/rollouts/0197a1b2-0000-7000-8000-0000000000aa/recording?after=2147483648`,
  ],
  ['a position beyond the last that can be', 'GET', '/api/v1/projects/access/log?before=1e21'],
])('refuses %s', async (_what, method, path) => {
  const { api } = await stage();
  const { status, body } = await call(api, method, path, { headers: byToken() });
  expect([status, body.code]).toEqual([422, 'request-invalid']);
});

it('refuses the character U+0000 in whatever is sent, and says where it stands', async () => {
  const { api } = await stage(promoting);
  const body = { release: '1.4\0', to: 'dev', reason: 'because\0' };
  const answer = await call(api, 'POST', promotions, { headers: byToken(), body });
  expect(answer.status).toBe(422);
  expect(answer.body.problems).toEqual([
    {
      message: 'release contains the character U+0000',
      instead: 'the text without it',
      pointer: '/release',
    },
    { message: 'reason contains the character U+0000', instead: 'the text without it', pointer: '/reason' },
  ]);
  for (const path of ['/change-requests/CHG%00', '/change-requests?release=1.4%00', '/releases/1.4%00'])
    expect((await call(api, 'GET', `/api/v1/projects/access${path}`, { headers: byToken() })).status).toBe(
      422,
    );
});

it('refuses a body that is too large, unreadable, or names __proto__', async () => {
  const { api } = await stage(promoting);
  const send = async (body: string): Promise<readonly [number, string]> => {
    const headers = { ...byToken(), 'content-type': 'application/json' };
    const response = await fetch(`${api.address}${promotions}`, { method: 'POST', headers, body });
    return [response.status, ((await response.json()) as { code: string }).code];
  };
  expect(await send(`{"release":"${'x'.repeat(300_000)}"}`)).toEqual([413, 'body-too-large']);
  expect(await send('{"release":')).toEqual([400, 'body-unreadable']);
  expect(await send('{"release":"1","to":"dev","__proto__":{"dryRun":true}}')).toEqual([
    400,
    'body-unreadable',
  ]);
});

it('hands on what a use case refuses, every blocker included (OPS-5)', async () => {
  const admission = { allowed: false, blockers: [{ kind: 'order', reason: '1.4.0 never ran in test' }] };
  const { api } = await stage({
    requestPromotion: () =>
      Promise.reject(
        new Failure('denied', 'promotion-refused', '1.4.0 may not go to staging.', {
          wayOut: 'Promote it to test first.',
          facts: { admission },
        }),
      ),
  });
  const { status, body } = await call(api, 'POST', promotions, { headers: byToken(), body: ask });
  expect(status).toBe(403);
  expect(body).toMatchObject({
    code: 'promotion-refused',
    wayOut: 'Promote it to test first.',
    facts: { admission },
  });
});

it('tells of what nobody foresaw only an id that the log has, too', async () => {
  const { api, logged } = await stage({
    requestPromotion: () => Promise.reject(new Error('password=hunter2')),
  });
  const { status, body } = await call(api, 'POST', promotions, { headers: byToken(), body: ask });
  expect([status, body.kind]).toEqual([500, 'defect']);
  expect(JSON.stringify(body)).not.toContain('hunter2');
  expect(logged.map(({ facts }) => facts)).toMatchObject([{ defect: body.facts.defect }]);
});

it('says that there is no such route', async () => {
  const { api } = await stage();
  for (const [method, path] of [
    ['GET', '/api/v1/nothing'],
    ['POST', '/board'],
  ] as const) {
    const { status, body } = await call(api, method, path, { headers: byToken() });
    expect([status, body.code]).toEqual([404, 'route-unknown']);
  }
});

it('says which methods a path takes, whatever it is called with', async () => {
  const { api } = await stage();
  for (const method of ['DELETE', 'PATCH', 'QUERY', 'OPTIONS']) {
    const { status, body, headers } = await call(api, method, promotions, { headers: byToken() });
    expect([method, status, body.code]).toEqual([method, 405, 'method-unknown']);
    expect(headers.get('allow')).toBe('GET, POST, HEAD');
  }
});
