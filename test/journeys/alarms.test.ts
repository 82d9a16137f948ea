import { describe, expect, it } from 'vitest';
import type { GateAnswer } from '../../src/domain/gate.ts';
import type { Caller, PostAlarm } from '../../src/lifecycle/face.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { minuteMs, runs } from './ladder.kit.ts';

const watchedYaml = `
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
      gates: [alarms]
`;

const monitoring: Caller = {
  actor: { kind: 'token', id: 'monitoring' as never, name: 'monitoring' },
  scopes: ['evidence'],
  person: null,
};

async function watched(): Promise<Plane & { readonly version: string }> {
  const plane = await openPlane(watchedYaml);
  simulateAgent(plane, 'dev');
  simulateAgent(plane, 'sit');
  const version = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  expect(await runs(plane, 'dev')).toBe(version);
  return { ...plane, version };
}

type Watched = Awaited<ReturnType<typeof watched>>;

const post = ({ control, project }: Plane, environment: string, ask: PostAlarm, caller = monitoring) =>
  control.postAlarm(project, environment, ask, caller);

async function gate(plane: Watched): Promise<GateAnswer | undefined> {
  const { control, project, version } = plane;
  const { admission } = await control.why(project, version, 'sit', plane.as('ada@example.org'));
  return admission.gates[0];
}

const eventsOf = async (plane: Plane, kind: string): Promise<readonly string[]> => {
  await plane.chainNow();
  const events = await plane.control.eventsAfter(plane.project, 0, 1000);
  return events.filter((one) => one.kind === kind).map(({ message }) => message);
};

describe('the gate of alarms (REL-4)', () => {
  it('is closed where nobody watches: that nobody looks is not that nothing is wrong', async () => {
    const plane = await watched();
    expect(await gate(plane)).toMatchObject({ state: 'missing' });
    await post(plane, 'dev', { name: 'disk', state: 'resolved' });
    expect(await gate(plane)).toMatchObject({ state: 'passed', says: 'No alarm fires in dev.' });
  });

  it('closes while an alarm fires where the release comes from, or where it goes, and says which', async () => {
    const plane = await watched();
    await post(plane, 'dev', { name: 'disk', state: 'firing', summary: '97 % of /var' });
    await post(plane, 'sit', { name: 'latency', state: 'firing' });
    expect(await gate(plane)).toMatchObject({
      state: 'failed',
      says: 'disk fires in dev. latency fires in sit.',
    });
    await post(plane, 'dev', { name: 'disk', state: 'resolved' });
    expect(await gate(plane)).toMatchObject({ state: 'failed', says: 'latency fires in sit.' });
  });

  it('lets what waits go by itself as soon as the alarm is over', async () => {
    const plane = await watched();
    await post(plane, 'dev', { name: 'disk', state: 'firing' });
    await plane.control.requestPromotion(
      plane.project,
      { release: plane.version, to: 'sit' },
      plane.as('ada@example.org'),
    );
    await plane.clock.advance(10 * minuteMs);
    expect(await runs(plane, 'sit')).not.toBe(plane.version);
    await post(plane, 'dev', { name: 'disk', state: 'resolved' });
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'sit')).toBe(plane.version);
  });

  it('tells of an alarm once, however often it is posted, and only from members and programs', async () => {
    const plane = await watched();
    await post(plane, 'dev', { name: 'disk', state: 'firing', summary: '97 % of /var' });
    await post(plane, 'dev', { name: 'disk', state: 'firing', summary: '98 % of /var' });
    await post(plane, 'dev', { name: 'disk', state: 'resolved' });
    await post(plane, 'dev', { name: 'disk', state: 'resolved' });
    expect(await eventsOf(plane, 'alarm.fired')).toEqual(['disk fires in dev: 97 % of /var']);
    expect(await eventsOf(plane, 'alarm.resolved')).toEqual(['disk is over in dev']);
    await expect(
      post(plane, 'dev', { name: 'disk', state: 'firing' }, plane.as('eve@example.org')),
    ).rejects.toMatchObject({ code: 'role-unknown' });
  });

  it('shows an environment with what fires in it', async () => {
    const plane = await watched();
    await post(plane, 'dev', { name: 'disk', state: 'firing' });
    const { alarms } = await plane.control.environment(plane.project, 'dev');
    expect(alarms).toMatchObject({ watched: true, firing: 1, items: [{ name: 'disk', source: 'posted' }] });
  });
});
