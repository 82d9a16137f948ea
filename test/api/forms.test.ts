import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/index.ts';
import { isFailure } from '../../src/domain/failure.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { laptopToken, stage } from './stage.ts';

const rungYaml = `
rung: 1
project: access
roles:
  lead: { members: [ada@example.org] }
  developer: { members: [bo@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      gates: [{ change-request: [lead] }, { rollback-plan: [lead] }]
`;
const path = { project: 'access' };

/** The real control plane in virtual time behind the real API. */
async function served() {
  const plane = await openPlane(rungYaml);
  simulateAgent(plane, 'dev');
  const release = await plane.release('feat: begin', { web: 'web 1' });
  const { api } = await stage({}, { controlPlane: plane.control });
  const as = (actAs: string) => createClient({ baseUrl: api.address, token: laptopToken, actAs });
  return { plane, release, ada: as('ada@example.org'), bo: as('bo@example.org') };
}

async function codeOf(call: Promise<unknown>): Promise<string | null> {
  const thrown: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  return isFailure(thrown) ? thrown.code : null;
}

const form = {
  to: 'prod',
  reference: null,
  type: 'normal',
  risk: 'low',
  rollbackMinutes: 5,
  testing: 'smoke tests',
  communication: '#deployments',
  description: '',
} as const;

describe('forms over HTTP', () => {
  it('take a change request from its asking to its approval (REL-7)', async () => {
    const { plane, release, ada, bo } = await served();
    const from = plane.clock.now();
    const window = { from, to: from + 3_600_000 };
    const root = '/api/v1/projects/{project}/change-requests';
    const { data: asked } = await bo.POST(root, { params: { path }, body: { ...form, release, window } });
    expect(asked).toMatchObject({ id: 'CHG-0001', state: { phase: 'open' }, approvers: ['lead'] });
    const params = { path: { ...path, id: 'CHG-0001' } };
    const body = { seen: asked?.seen ?? '' };
    const approving = `${root}/{id}/approve` as const;
    expect(await codeOf(bo.POST(approving, { params, body }))).toBe('change-request-approval-by-author');
    const { data: approved } = await ada.POST(approving, { params, body });
    expect(approved).toMatchObject({ state: { phase: 'approved' }, approvals: [{ counts: true }] });
    const { data: listed } = await ada.GET(root, { params: { path, query: { release, state: 'approved' } } });
    expect(listed?.items.map(({ id }) => id)).toEqual(['CHG-0001']);
    const why = await ada.GET('/api/v1/projects/{project}/releases/{release}/why', {
      params: { path: { ...path, release }, query: { to: 'prod' } },
    });
    expect(why.data?.changeRequest?.id).toBe('CHG-0001');
  });

  it('take nobody’s word for who wrote a rollback plan or read it', async () => {
    const { release, ada, bo } = await served();
    const plan = {
      kind: 'rollback-plan',
      steps: 'rung rollback prod',
      minutes: 5,
      dataStaysReadable: true,
    } as const;
    const saying = '/api/v1/projects/{project}/evidence';
    for (const forged of [{ reviewedBy: ['ada@example.org'] }, { writtenBy: 'ada@example.org' }])
      expect(
        await codeOf(bo.POST(saying, { params: { path }, body: { release, facts: { ...plan, ...forged } } })),
      ).toBe('request-invalid');
    const { data: written } = await bo.POST(saying, { params: { path }, body: { release, facts: plan } });
    expect(written?.facts).toMatchObject({ writtenBy: 'bo@example.org', reviewedBy: [] });
    const reading = '/api/v1/projects/{project}/releases/{release}/rollback-plan/read';
    const params = { path: { ...path, release } };
    const body = { plan: written?.id ?? '' };
    expect(await codeOf(bo.POST(reading, { params, body }))).toBe('rollback-plan-read-by-writer');
    const { data: read } = await ada.POST(reading, { params, body });
    expect(read?.facts).toMatchObject({ reviewedBy: ['ada@example.org'] });
  });
});
