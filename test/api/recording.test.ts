import { expect, it } from 'vitest';
import { connectToApi } from '../../src/cli/api-client.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { createSimulator } from '../../src/simulate/index.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { laptopToken, stage } from './stage.ts';

const rungYaml = (limit: string): string => `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      rollout:
        canary: [{ percent: 10, for: 5m }, { percent: 100 }]
        watch: 2h
        rollback: [{ errors: "> ${limit}", for: 2m }]
`;
const simulatorWith = (limit: string) =>
  createSimulator(new TextEncoder().encode(rungYaml(limit)), 'rung.yaml');

it('a rollout that is read over the API, in pages, replays to the same decisions, and to others by other rules', async () => {
  const plane = await openPlane(rungYaml('5%'));
  simulateAgent(plane, 'dev');
  simulateAgent(plane, 'prod', { perSecond: 50, errors: { '1.0.0': 0.02, '1.1.0': 0.02 } });
  const ada = plane.as('ada@example.org');
  for (const message of ['feat: begin', 'feat: more']) {
    const version = await plane.release(message);
    await plane.clock.advance(60_000);
    await plane.control.requestPromotion(plane.project, { release: version, to: 'prod' }, ada);
    await plane.clock.advance(2 * 3_600_000 + 600_000);
  }
  const { api } = await stage({}, { controlPlane: plane.control });
  const place = { url: api.address, project: 'access', token: laptopToken, actAs: null };
  const client = await connectToApi(place, systemClock);
  const { items } = await client.promotions({ environment: 'prod', open: false, limit: 1 });
  const state = items[0]?.state;
  if (state === undefined || !('rollout' in state) || state.rollout === null) throw new Error('no rollout');

  const recording = await client.recording(state.rollout);
  expect(recording.samples.map((one) => one.number)).toEqual(recording.samples.map((_, index) => index + 1));
  expect(recording.samples.length).toBeGreaterThan(1000);
  const same = simulatorWith('5%').compare(recording);
  expect(same.says).toEqual([`The same ${same.recorded.length} decisions at the same samples.`]);
  expect(same.recorded.map(({ phase }) => phase)).toEqual(['canary', 'promoting', 'watching', 'succeeded']);
  expect(simulatorWith('1%').compare(recording).says[0]).toMatch(
    /^It would have been held at 10 % by contract/u,
  );
});
