import { describe, expect, it } from 'vitest';
import type { EventKind } from '../../src/domain/event.ts';
import type { Observation } from '../../src/protocol/messages.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { openPlane } from '../kit/plane.ts';
import { hourMs, ladder, minuteMs, rungYaml } from './ladder.kit.ts';

const told = async (plane: Plane, kind: EventKind): Promise<readonly string[]> => {
  await plane.chainNow();
  const events = await plane.parts.store.events(plane.project, 0, 1000, { kinds: [kind] });
  return events.map(({ message }) => message);
};

/** One environment whose agent reports every 10 s, as real agents do. */
async function beating() {
  const plane = await openPlane(rungYaml, 1, { silence: 'noted' });
  const agent = simulateAgent(plane, 'dev');
  agent.beat(10_000);
  await plane.clock.advance(minuteMs);
  const isSilent = async () => (await plane.control.environment(plane.project, 'dev')).agent.silent;
  return { plane, agent, isSilent };
}

describe('an agent that is not heard any more', () => {
  it('is called silent once, however long it lasts, and is told of again when it is back (OPS-6)', async () => {
    const { plane, agent, isSilent } = await beating();
    expect([await told(plane, 'agent.silent'), await isSilent()]).toEqual([[], false]);
    agent.stop();
    await plane.clock.advance(2 * hourMs);
    expect(await isSilent()).toBe(true);
    expect(await told(plane, 'agent.silent')).toEqual([
      'The agent of dev is silent: nothing was heard of it for 25 s',
    ]);
    agent.go();
    await plane.clock.advance(minuteMs);
    expect(await isSilent()).toBe(false);
    expect(await told(plane, 'agent.connected')).toEqual([
      'The agent of dev is there',
      expect.stringMatching(/^The agent of dev is back, after 1 h 59 min of silence$/u),
    ]);
    agent.stop();
    await plane.clock.advance(minuteMs);
    expect(await told(plane, 'agent.silent')).toHaveLength(2);
  });

  it('is news to whoever looks at the board, with nothing asked meanwhile', async () => {
    const { plane, agent, isSilent } = await beating();
    let news = 0;
    using _heard = plane.control.onNews(plane.project, () => (news += 1));
    await plane.clock.advance(minuteMs);
    expect(news).toBe(0);
    agent.stop();
    await plane.clock.advance(minuteMs);
    expect([news > 0, await isSilent()]).toEqual([true, true]);
  });

  it('is not called silent because a clock was set, or because the control plane was away', async () => {
    const { plane, isSilent } = await beating();
    plane.clock.jump(6 * hourMs);
    await plane.restart();
    await plane.clock.advance(2 * minuteMs);
    expect([await told(plane, 'agent.silent'), await isSilent()]).toEqual([[], false]);
  });

  it('is found silent by a control plane that came up after it ended', async () => {
    const { plane, agent, isSilent } = await beating();
    agent.stop();
    await plane.restart();
    await plane.clock.advance(minuteMs);
    expect(await isSilent()).toBe(true);
  });

  it('is not silent before it was ever heard', async () => {
    const plane = await openPlane(rungYaml, 1, { silence: 'noted' });
    await plane.clock.advance(hourMs);
    expect(await told(plane, 'agent.silent')).toEqual([]);
  });
});

describe('the health of an environment', () => {
  it('is told when it changes, with what is short, and not with every look (OPS-6)', async () => {
    const plane = await ladder();
    await plane.release('feat: begin');
    await plane.clock.advance(minuteMs);
    expect(await told(plane, 'environment.observed')).toContain('dev is healthy');
    const look = await lookerAt(plane);
    await look({});
    await look({ orders: 0 });
    await look({ orders: 0 });
    await look({ orders: 0, web: 0 });
    await look({});
    expect(
      (await told(plane, 'environment.observed')).filter((one) => one.startsWith('dev')).slice(1),
    ).toEqual([
      'dev is degraded: orders 1.0.0, 0 of 1 instance healthy',
      'dev is down: orders 1.0.0, 0 of 1 instance healthy; web 1.0.0, 0 of 1 instance healthy',
      'dev is healthy again',
    ]);
    expect((await plane.control.environment(plane.project, 'dev')).health).toBe('healthy');
  });

  it('is not judged by an agent that has not seen yet what is to serve', async () => {
    const plane = await ladder();
    await plane.release('feat: begin');
    await plane.clock.advance(minuteMs);
    const look = await lookerAt(plane);
    const before = await told(plane, 'environment.observed');
    await look({ orders: 0 }, -1);
    expect(await told(plane, 'environment.observed')).toEqual(before);
  });
});

/** Reports dev as its agent would: every instance healthy but for what is said. */
async function lookerAt(plane: Awaited<ReturnType<typeof ladder>>) {
  const dev = plane.declared.environments.find(({ name }) => name === 'dev');
  const desired = plane.dev.desired();
  if (dev === undefined || desired === null) throw new Error('dev is not there');
  plane.dev.stop();
  let sequence = 0;
  return async (healthy: Readonly<Record<string, number>>, revisions = 0): Promise<void> => {
    const observation: Observation = {
      environment: dev.id,
      revision: desired.revision + revisions,
      converged: true,
      services: desired.services.map(({ service, stable }) => ({
        service,
        port: null,
        variants:
          stable === null
            ? []
            : [{ ...stable, wanted: 1, healthy: healthy[service] ?? 1, exits: 0, detail: null }],
      })),
      rollout: null,
      isolation: { level: 'none', detail: '' },
      troubles: [],
    };
    sequence += 1;
    const identity = { agent: dev.agent, project: plane.project, environments: [dev.id] };
    await plane.agents.observe(identity, {
      protocol: 1,
      boot: 'looker',
      sequence,
      observations: [observation],
      samples: [],
      countersignature: null,
    });
  };
}
