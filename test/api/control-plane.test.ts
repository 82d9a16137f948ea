import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient, followEvents } from '../../src/client/index.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { Admission } from '../../src/domain/admission.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { laptopToken, stage } from './stage.ts';

const rungYaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org], contact: "#leads" }
  devops-lead: { members: [bo@example.org] }
  qa-lead: { members: [cy@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  test: { tier: testing, deploy: automatic }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: test
      gates: [smoke, { soak: 5m }]
    - environment: prod
      gates: [smoke, { soak: 5m }]
      approvals: { count: 2, from: [engineering-lead, devops-lead, qa-lead], distinct-roles: 2, expire: 24h }
      rollout:
        canary: [{ percent: 10, for: 5m }, { percent: 100 }]
        watch: 10m
`;
const minuteMs = 60_000;
const inProject = { path: { project: 'access' } };
const web = { web: 'web' };

/** The real control plane in virtual time behind the real API, and clients for its members. */
async function served() {
  const plane = await openPlane(rungYaml);
  for (const name of ['dev', 'test', 'prod']) simulateAgent(plane, name, { perSecond: 100 });
  const { api } = await stage({}, { controlPlane: plane.control });
  const as = (member?: string) =>
    createClient({
      baseUrl: api.address,
      token: laptopToken,
      ...(member === undefined ? {} : { actAs: member }),
    });
  return { plane, api, as };
}

type Served = Awaited<ReturnType<typeof served>>;

async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const thrown = await call.then(
    () => null,
    (one: unknown) => one,
  );
  if (thrown instanceof Failure) return thrown;
  throw new Error('this was not refused');
}

/** Asks for prod and gives both approvals. */
async function promote({ as, plane }: Served, release: string): Promise<void> {
  const ask = { params: inProject, body: { release, to: 'prod' } };
  const { data } = await as('cy@example.org').POST('/api/v1/projects/{project}/promotions', ask);
  const params = { path: { project: 'access', id: data.id } };
  for (const member of ['ada@example.org', 'bo@example.org'])
    await as(member).POST('/api/v1/projects/{project}/promotions/{id}/approve', {
      params,
      body: { planHash: data.plan.hash },
    });
  await plane.clock.advance(minuteMs);
}

/** 1.0.0 in prod, 1.1.0 one minute into its canary. */
async function inCanary(stageOf: Served): Promise<void> {
  const { plane } = stageOf;
  for (const message of ['feat: begin', 'feat: more']) {
    const version = await plane.release(message, { web: message });
    await plane.clock.advance(12 * minuteMs);
    await promote(stageOf, version);
  }
}

const description = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../docs/reference/openapi.json'), 'utf8'),
) as object;
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(description, 'api');

function expectToBe(schema: string, value: unknown): void {
  const validate = ajv.compile({ $ref: `api#/components/schemas/${schema}` });
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

describe('the API over the control plane', () => {
  it('answers exactly what its description says, in the middle of a canary (REL-8)', async () => {
    const stageOf = await served();
    await inCanary(stageOf);
    const client = stageOf.as();
    const { data: board } = await client.GET('/api/v1/projects/{project}/board', { params: inProject });
    expectToBe('Board', board);
    expect(board.rollouts.map(({ state }) => state.phase)).toEqual(['canary']);
    expect(Object.keys(board.rollouts[0]?.figures ?? {})).toEqual(['web']);
    const { data: releases } = await client.GET('/api/v1/projects/{project}/releases', { params: inProject });
    for (const release of releases.items) expectToBe('Release', release);
    const { data: log } = await client.GET('/api/v1/projects/{project}/log', { params: inProject });
    for (const event of log.items) expectToBe('Event', event);
    const why = await client.GET('/api/v1/projects/{project}/releases/{release}/why', {
      params: { path: { project: 'access', release: '1.1.0' }, query: { to: 'prod' } },
    });
    expectToBe('Why', why.data);
  });

  it('gives the board and the environments page by page, by letters of a name, and refuses what is no page', async () => {
    const { as } = await served();
    const board = async (query: object) =>
      (await as().GET('/api/v1/projects/{project}/board', { params: { ...inProject, query } })).data;
    const first = await board({ limit: 1 });
    expectToBe('Board', first);
    expect(first.page).toMatchObject({ environments: 3, before: 0, previous: null, next: '1' });
    expect((await board({ limit: 1, after: '1' })).environments).toHaveLength(1);
    expect((await board({ search: 'nowhere' })).page.found).toBe(0);
    const { code } = await failureOf(board({ environment: 'nowhere' }));
    expect(code).toBe('environment-unknown');
    for (const query of [{ after: 'x' }, { limit: 0 }, { limit: 201 }, { search: 'x'.repeat(41) }])
      expect((await failureOf(board(query))).code).toBe('request-invalid');
    const { data } = await as().GET('/api/v1/projects/{project}/environments', {
      params: { ...inProject, query: { limit: 1 } },
    });
    expect([data.items.length, data.next]).toEqual([1, '1']);
  });

  it('lists every blocker of a promotion that it refuses (OPS-5)', async () => {
    const { plane, as } = await served();
    const version = await plane.release('feat: begin', web);
    const ask = { params: inProject, body: { release: version, to: 'prod' } };
    const failure = await failureOf(as('ada@example.org').POST('/api/v1/projects/{project}/promotions', ask));
    expect(failure.code).toBe('promotion-refused');
    const admission = failure.facts['admission'] as Admission;
    expectToBe('Admission', admission);
    expect(admission.blockers.map(({ kind }) => kind)).toContain('order');
  });

  it('writes into the log who really sat there when somebody acted as a member (OPS-8)', async () => {
    const stageOf = await served();
    await inCanary(stageOf);
    const { data } = await stageOf.as().GET('/api/v1/projects/{project}/log', {
      params: { ...inProject, query: { limit: 200 } },
    });
    const approvals = data.items.filter(({ kind }) => kind === 'promotion.approved');
    expect(approvals.map(({ actor }) => actor)).toContainEqual({
      kind: 'person',
      id: 'ada@example.org',
      actingFrom: 'you@localhost',
    });
  });

  it('lets a person pause, resume and abort a rollout (REL-10)', async () => {
    const stageOf = await served();
    await inCanary(stageOf);
    const client = stageOf.as('ada@example.org');
    const { data: prod } = await client.GET('/api/v1/projects/{project}/environments/{name}', {
      params: { path: { project: 'access', name: 'prod' } },
    });
    const params = { path: { project: 'access', id: prod.rollout ?? '' } };
    const phases: string[] = [];
    const note = { params, body: { note: 'a look at it' } };
    phases.push((await client.POST('/api/v1/projects/{project}/rollouts/{id}/pause', note)).data.state.phase);
    phases.push(
      (await client.POST('/api/v1/projects/{project}/rollouts/{id}/resume', note)).data.state.phase,
    );
    const why = { params, body: { reason: 'enough seen' } };
    phases.push((await client.POST('/api/v1/projects/{project}/rollouts/{id}/abort', why)).data.state.phase);
    expect(phases).toEqual(['held', 'canary', 'rolling back']);
  });

  it('lets an approver promote a held rollout with a reason, and shows who did (REL-8)', async () => {
    const stageOf = await served();
    await inCanary(stageOf);
    const client = stageOf.as('ada@example.org');
    const { data: prod } = await client.GET('/api/v1/projects/{project}/environments/{name}', {
      params: { path: { project: 'access', name: 'prod' } },
    });
    const params = { path: { project: 'access', id: prod.rollout ?? '' } };
    await client.POST('/api/v1/projects/{project}/rollouts/{id}/pause', { params, body: { note: 'thin' } });
    const advance = (body: { reason: string; dryRun?: boolean }) =>
      client.POST('/api/v1/projects/{project}/rollouts/{id}/advance', { params, body });
    const { data: planned } = await advance({ reason: 'seen enough', dryRun: true });
    expectToBe('Rollout', planned);
    expect(planned.advances).toMatchObject([{ by: { id: 'ada@example.org' }, reason: 'seen enough' }]);
    const { data: before } = await client.GET('/api/v1/projects/{project}/rollouts/{id}', { params });
    expect([before.state.phase, before.advance?.off]).toEqual(['held', null]);
    expect((await advance({ reason: 'seen enough' })).data.state.phase).toBe(planned.state.phase);
    expect((await failureOf(advance({ reason: 'again' }))).code).toBe('rollout-not-held');
  });

  it('makes a token that does what its scopes say and nothing after it was revoked', async () => {
    const { api, as } = await served();
    const client = as('ada@example.org');
    const { data } = await client.POST('/api/v1/projects/{project}/tokens', {
      params: inProject,
      body: { name: 'ci', scopes: ['read'], expiresInMs: 3_600_000 },
    });
    expectToBe('Token', data.token);
    const ci = createClient({ baseUrl: api.address, token: data.secret });
    const read = () => ci.GET('/api/v1/projects/{project}/environments', { params: inProject });
    expect((await read()).data.items).toHaveLength(3);
    const params = { path: { project: 'access', id: data.token.id } };
    await client.DELETE('/api/v1/projects/{project}/tokens/{id}', { params });
    expect((await failureOf(read())).code).toBe('token-unknown');
  });

  it('tells the client what happens, event by event, with nothing between board and stream lost', async () => {
    const { plane, as } = await served();
    const client = as();
    const { data: board } = await client.GET('/api/v1/projects/{project}/board', { params: inProject });
    await plane.release('feat: begin', web);
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const options = {
      after: board.position,
      signal: stop.signal,
      sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms, signal),
    };
    const kinds: string[] = [];
    for await (const news of followEvents(client, 'access', options)) {
      if (news.kind !== 'event') continue;
      expectToBe('Event', news.event);
      kinds.push(news.event.kind);
      if (news.event.kind === 'release.created') break;
    }
    expect(kinds).toContain('branch.moved');
  });
});
