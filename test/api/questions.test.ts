import { describe, expect, it, onTestFinished } from 'vitest';
import { generateSigningKey } from '../../src/domain/keys.ts';
import { silentLog } from '../../src/domain/log.ts';
import { startQuestioner } from '../../src/lifecycle/promote/questioner.ts';
import type { HookBody } from '../../src/ports/gate-hook.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { call, stage } from './stage.ts';

const rungYaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  sit: { tier: staging }
pipelines:
  main:
    - environment: dev
    - environment: sit
      gates: [{ webhook: { name: licences, url: "https://checks.example.org/licences", timeout: 10m } }]
`;

/** The API, where a program was asked and has said that it needs longer. */
async function asked() {
  const plane = await openPlane(rungYaml);
  const key = generateSigningKey();
  Object.assign(plane.parts, { publicKey: key.publicKey });
  for (const name of ['dev', 'sit']) simulateAgent(plane, name, { perSecond: 100 });
  const { api } = await stage({}, { controlPlane: plane.control });
  const bodies: HookBody[] = [];
  const questioner = startQuestioner({
    store: plane.parts.store,
    clock: plane.clock,
    log: silentLog,
    hook: {
      ask: async ({ body }) => {
        bodies.push(body);
        return { kind: 'pending' };
      },
    },
    privateKey: key.privateKey,
    origin: () => api.address,
  });
  onTestFinished(() => questioner.stop());
  const version = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(60_000);
  const body = { release: version, to: 'sit' };
  await plane.control.requestPromotion(plane.project, body, plane.as('ada@example.org'));
  await plane.clock.settle();
  const [sent] = bodies;
  if (sent === undefined) throw new Error('nothing was asked');
  const answer = (token: string | null, given: unknown = { verdict: 'pass' }) =>
    call(api, 'POST', new URL(sent.callback.url).pathname, {
      body: given,
      ...(token !== null && { headers: { authorization: `Bearer ${token}` } }),
    });
  return { plane, sent, answer };
}

describe('the callback of a webhook gate', () => {
  it('takes one answer from whoever holds the token that came with the question, and no account', async () => {
    const { plane, sent, answer } = await asked();
    const { token } = sent.callback;
    expect(await answer(null)).toMatchObject({ status: 401, body: { code: 'callback-refused' } });
    expect(await answer(`${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`)).toMatchObject({
      status: 401,
    });
    expect((await answer(token, { verdict: 'pending' })).status).toBe(422);
    expect(await answer(token)).toMatchObject({ status: 204, text: '' });
    expect(await answer(token, { verdict: 'fail' })).toMatchObject({
      status: 409,
      body: { code: 'question-answered' },
    });
    await plane.clock.advance(60_000);
    const { deployments } = await plane.control.environment(plane.project, 'sit');
    expect(deployments).toHaveLength(1);
  });

  it('is closed once the time is up', async () => {
    const { plane, sent, answer } = await asked();
    await plane.clock.advance(600_000);
    expect(await answer(sent.callback.token)).toMatchObject({
      status: 409,
      body: { code: 'question-closed' },
    });
  });
});
