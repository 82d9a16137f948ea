import { afterAll, describe, expect, it } from 'vitest';
import type { SeenAlarm } from '../../src/domain/alarms/types.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { GateAnswer } from '../../src/domain/gate.ts';
import { instant } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { startAlarmWatch } from '../../src/lifecycle/operate/alarms/watch.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { minuteMs, runs } from './ladder.kit.ts';

const askedYaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org], contact: "#leads" }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev:
    tier: development
    source: develop
    deploy: on-merge
    alarms: { prometheus: { url: "http://prometheus:9090", labels: { env: "{environment}" } } }
  sit: { tier: staging }
pipelines:
  main:
    - environment: dev
    - environment: sit
      gates: [alarms]
`;

/** A Prometheus that says what it is told to, in virtual time. */
class Told {
  alarms: readonly SeenAlarm[] = [];
  isAway = false;
  looks = 0;
  look = async (): Promise<readonly SeenAlarm[]> => {
    this.looks += 1;
    if (this.isAway)
      throw new Failure('unavailable', 'alarms-unreachable', 'no connection.', {
        wayOut: 'See that it runs.',
      });
    return this.alarms;
  };
}

const disk: SeenAlarm = {
  key: 'disk',
  name: 'DiskFull',
  summary: '97 % of /var',
  state: 'firing',
  since: instant(1),
  url: null,
};

async function asked() {
  const plane = await openPlane(askedYaml);
  simulateAgent(plane, 'dev');
  simulateAgent(plane, 'sit');
  const told = new Told();
  const watchOnce = () => startAlarmWatch({ ...plane.parts, log: silentLog, open: () => told });
  let watch = watchOnce();
  afterAll(() => watch.stop());
  const version = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  expect(await runs(plane, 'dev')).toBe(version);
  const rewatch = async () => {
    await watch.stop();
    return {
      begin: () => {
        watch = watchOnce();
      },
    };
  };
  return { ...plane, version, told, watchOnce, rewatch };
}

type Asked = Awaited<ReturnType<typeof asked>>;

async function gate(plane: Asked): Promise<GateAnswer | undefined> {
  const { control, project, version } = plane;
  const { admission } = await control.why(project, version, 'sit', plane.as('ada@example.org'));
  return admission.gates[0];
}

const eventsOf = async (plane: Plane): Promise<readonly string[]> => {
  await plane.chainNow();
  const events = await plane.control.eventsAfter(plane.project, 0, 1000);
  return events.filter(({ kind }) => kind.startsWith('alarm.')).map(({ message }) => message);
};

describe('the sources of alarms that are declared (REL-4)', () => {
  it('are asked every 30 s, and what changed is told once', async () => {
    const plane = await asked();
    expect(await gate(plane)).toMatchObject({ state: 'passed', says: 'No alarm fires in dev.' });
    plane.told.alarms = [disk];
    await plane.clock.advance(31_000);
    expect(await gate(plane)).toMatchObject({ state: 'failed', says: 'DiskFull fires in dev.' });
    await plane.clock.advance(10 * minuteMs);
    plane.told.alarms = [{ ...disk, state: 'silenced' }];
    await plane.clock.advance(31_000);
    expect(await gate(plane)).toMatchObject({
      state: 'passed',
      says: 'No alarm fires in dev. DiskFull is silenced.',
    });
    expect(await eventsOf(plane)).toEqual([
      'DiskFull fires in dev: 97 % of /var',
      'DiskFull is silenced in dev',
    ]);
  });

  it('that do not answer close the gate with who and since when, and open it by themselves when they are back', async () => {
    const plane = await asked();
    plane.told.isAway = true;
    await plane.clock.advance(31_000);
    await plane.control.requestPromotion(
      plane.project,
      { release: plane.version, to: 'sit' },
      plane.as('ada@example.org'),
    );
    await plane.clock.advance(5 * minuteMs);
    const closed = await gate(plane);
    expect(closed?.state).toBe('failed');
    expect(closed?.says).toMatch(
      /^Prometheus at http:\/\/prometheus:9090 has not answered for 5 min.*: no connection\. See that it runs\.$/u,
    );
    expect(await runs(plane, 'sit')).not.toBe(plane.version);
    plane.told.isAway = false;
    await plane.clock.advance(2 * minuteMs);
    expect(await runs(plane, 'sit')).toBe(plane.version);
    expect(await eventsOf(plane)).toEqual([
      'Prometheus at http://prometheus:9090 does not answer for dev: no connection. See that it runs.',
      'Prometheus at http://prometheus:9090 answers again for dev',
    ]);
  });

  it('are not believed for long after nobody asked any more', async () => {
    const plane = await asked();
    const watch = await plane.rewatch();
    await plane.clock.advance(2 * minuteMs);
    expect((await gate(plane))?.state).toBe('passed');
    await plane.clock.advance(2 * minuteMs);
    const closed = await gate(plane);
    expect(closed?.state).toBe('failed');
    expect(closed?.says).toMatch(/^Prometheus at \S+ was last asked .* ago\.$/u);
    watch.begin();
    await plane.clock.settle();
    await plane.clock.advance(31_000);
    expect((await gate(plane))?.state).toBe('passed');
  });

  it('are asked by one control plane at a time, and go on being asked after a clock was set back', async () => {
    const plane = await asked();
    const second = plane.watchOnce();
    afterAll(() => second.stop());
    const before = plane.told.looks;
    await plane.clock.advance(10 * minuteMs);
    expect(plane.told.looks - before).toBeLessThanOrEqual(21);
    expect(plane.told.looks - before).toBeGreaterThanOrEqual(19);
    plane.clock.jump(-3 * 60 * minuteMs);
    plane.told.alarms = [disk];
    await plane.clock.advance(minuteMs);
    expect((await gate(plane))?.state).toBe('failed');
  });
});
