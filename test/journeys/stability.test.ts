import { describe, expect, it } from 'vitest';
import type { Blocker } from '../../src/domain/admission.ts';
import type { GateAnswer } from '../../src/domain/gate.ts';
import type { Caller } from '../../src/lifecycle/face.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { CountingAgent } from '../kit/counting-agent.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { hourMs, minuteMs, runs } from './ladder.kit.ts';

const stableYaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org], contact: "#leads" }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  sit: { tier: staging }
pipelines:
  main:
    - environment: dev
    - environment: sit
      gates: [{ stability: { for: 6h } }]
`;

const monitoring: Caller = {
  actor: { kind: 'token', id: 'monitoring' as never, name: 'monitoring' },
  scopes: ['evidence'],
  person: null,
};

/** A release in dev, with an agent that counts 100 requests a minute there. */
async function counted(errorsPerMinute = 0): Promise<Plane & { version: string; agent: CountingAgent }> {
  const plane = await openPlane(stableYaml);
  simulateAgent(plane, 'dev', undefined, new Set(['1.0.1']));
  simulateAgent(plane, 'sit');
  const version = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  expect(await runs(plane, 'dev')).toBe(version);
  const agent = new CountingAgent(plane, 'dev', { requests: 100, errors: errorsPerMinute });
  return { ...plane, version, agent };
}

type Counted = Awaited<ReturnType<typeof counted>>;

async function gate(plane: Counted): Promise<GateAnswer & { readonly blocker: Blocker | undefined }> {
  const { control, project, version } = plane;
  const { admission } = await control.why(project, version, 'sit', plane.as('ada@example.org'));
  const [answer] = admission.gates;
  if (answer === undefined) throw new Error('no gate was judged');
  return { ...answer, blocker: admission.blockers.find((one) => one.kind === 'stability') };
}

/** Never more than that at once: the made-up world takes its steps between two looks. */
async function pass(plane: Plane, ms: number): Promise<void> {
  for (let leftMs = ms; leftMs > 0; leftMs -= hourMs) await plane.clock.advance(Math.min(hourMs, leftMs));
}

const keptRequests = async (plane: Counted): Promise<number> => {
  const { items } = await plane.parts.store.read((tx) =>
    tx.list(plane.project, 'traffic', {}, { limit: 200 }),
  );
  return items
    .flatMap(({ value }) => value.buckets)
    .flatMap(({ services }) => Object.values(services))
    .reduce((sum, { requests }) => sum + requests, 0);
};

describe('the gate of stability (REL-4)', () => {
  it('opens by itself after a while in which few requests failed, and says how few', async () => {
    const plane = await counted(0.5);
    await plane.control.requestPromotion(
      plane.project,
      { release: plane.version, to: 'sit' },
      plane.as('ada@example.org'),
    );
    await pass(plane, 3 * hourMs);
    const early = await gate(plane);
    expect(early.state).toBe('waits');
    expect(early.says).toMatch(
      /^dev was not stable for 6 h: its traffic was observed for (2 h 5\d min|3 h.*) of 6 h\.$/u,
    );
    await pass(plane, 2 * hourMs);
    expect(await runs(plane, 'sit')).not.toBe(plane.version);
    await pass(plane, 0.6 * hourMs);
    expect(await runs(plane, 'sit')).toBe(plane.version);
  });

  it('stays closed at 2 % errors, with the figure', async () => {
    const plane = await counted(2);
    await pass(plane, 6 * hourMs);
    const { state, says, blocker } = await gate(plane);
    expect(state).toBe('failed');
    expect(says).toMatch(/errors of web 2 % of 3[56]\d\d\d requests, below 1 % is asked for/u);
    expect(blocker?.earliest).toBeNull();
  });

  it('needs nine tenths of the time seen: what an agent that was dead for a quarter of it missed has to be made good', async () => {
    const plane = await counted();
    await pass(plane, 2.5 * hourMs);
    plane.agent.kill();
    await pass(plane, 1.5 * hourMs);
    plane.agent.start();
    await pass(plane, 2 * hourMs);
    const { state, says, blocker } = await gate(plane);
    expect(state).toBe('waits');
    expect(says).toMatch(/its traffic was observed for (4 h 2\d min|4 h 30 min) of 6 h\./u);
    const dueMs = (blocker?.earliest ?? 0) - plane.clock.now();
    expect(dueMs).toBeGreaterThan(3 * hourMs);
    await pass(plane, dueMs - 10 * minuteMs);
    expect((await gate(plane)).state).toBe('waits');
    await pass(plane, 20 * minuteMs);
    expect((await gate(plane)).state).toBe('passed');
  });

  it('loses no request and counts none twice while agent, gateway and control plane end in turn', async () => {
    const plane = await counted();
    const { agent } = plane;
    await pass(plane, hourMs);
    await agent.repeat();
    await plane.stop();
    await pass(plane, 20 * minuteMs);
    await plane.restart();
    await pass(plane, 10 * minuteMs);
    await agent.repeat();
    agent.kill();
    await pass(plane, 30 * minuteMs);
    agent.start();
    await plane.clock.settle();
    await plane.restart();
    agent.replaceGateway();
    await pass(plane, 30 * minuteMs);
    expect(await keptRequests(plane)).toBeGreaterThan(agent.counted().requests - 200);
    expect(await keptRequests(plane)).toBeLessThanOrEqual(agent.counted().requests);
    const { traffic } = await plane.control.environment(plane.project, 'dev');
    expect(traffic?.requests).toBe(await keptRequests(plane));
    // 20 minutes without a control plane were seen by the agent all the same; 30 without an agent by nobody.
    expect((traffic?.observedMs ?? 0) / minuteMs).toBeGreaterThan(115);
    expect((traffic?.observedMs ?? 0) / minuteMs).toBeLessThanOrEqual(120);
  });

  it('never sees more time than passed, wherever the clock is set to', async () => {
    const plane = await counted();
    await pass(plane, 75 * minuteMs);
    plane.clock.jump(45 * minuteMs);
    await pass(plane, 15 * minuteMs);
    expect((await gate(plane)).says).toMatch(/observed for 1 h (2\d|30) min of 6 h/u);
    plane.clock.jump(-45 * minuteMs);
    await pass(plane, 30 * minuteMs);
    expect((await gate(plane)).says).toMatch(/observed for (1 h .*|2 h) of 6 h/u);
    await pass(plane, 6 * hourMs);
    expect((await gate(plane)).state).toBe('passed');
  });

  it('closes for as long when a release was taken back there, and says which and when', async () => {
    const plane = await counted();
    await pass(plane, 6 * hourMs);
    expect((await gate(plane)).state).toBe('passed');
    expect(await plane.release('fix: not really', { web: 'web 2' })).toBe('1.0.1');
    await pass(plane, 45 * minuteMs);
    const { state, says, blocker } = await gate(plane);
    expect(state).toBe('failed');
    expect(says).toMatch(/^dev was not stable for 6 h: 1\.0\.1 was taken back 4\d min.* ago\.$/u);
    expect(blocker?.earliest).toBeGreaterThan(plane.clock.now() + 5 * hourMs);
  });

  it('closes for as long when an alarm fired there, though it is over', async () => {
    const plane = await counted();
    await pass(plane, 6 * hourMs);
    const post = (state: 'firing' | 'resolved') =>
      plane.control.postAlarm(plane.project, 'dev', { name: 'disk', state }, monitoring);
    await post('firing');
    expect((await gate(plane)).says).toBe('dev was not stable for 6 h: disk fires.');
    await pass(plane, 15 * minuteMs);
    await post('resolved');
    await pass(plane, 15 * minuteMs);
    expect(await gate(plane)).toMatchObject({
      state: 'failed',
      says: 'dev was not stable for 6 h: disk fired.',
    });
    await pass(plane, 6 * hourMs);
    expect((await gate(plane)).state).toBe('passed');
  });

  it('has no errors to judge where no request comes, and says so', async () => {
    const plane = await counted();
    plane.agent.perMinute = { requests: 0, errors: 0 };
    await pass(plane, 6 * hourMs);
    expect(await gate(plane)).toMatchObject({ state: 'passed' });
    expect((await gate(plane)).says).toContain('no request came, so that there are no errors to judge');
  });
});
