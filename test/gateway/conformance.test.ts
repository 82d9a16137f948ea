import { expect, it } from 'vitest';
import type { RouteSpec } from '../../src/domain/traffic.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { createGatewayTraffic } from '../../src/providers/gateway/index.ts';
import { trafficConformance } from '../conformance/traffic.ts';
import type { TrafficWorld } from '../conformance/traffic.ts';
import { Cleanup, gatewayProcess, noLog, route, startInstance, target, temporaryFolder } from './world.ts';
import type { GatewayProcess } from './world.ts';

trafficConformance('the gateway', async (): Promise<TrafficWorld> => {
  const cleanup = new Cleanup();
  const dir = await temporaryFolder(cleanup);
  const [stable, candidate] = [
    await startInstance(cleanup, 'stable'),
    await startInstance(cleanup, 'candidate'),
  ];
  let running: GatewayProcess | null = null;
  const traffic = createGatewayTraffic({
    dir,
    clock: systemClock,
    ensureGateway: async () => {
      running ??= await gatewayProcess(cleanup, dir);
    },
  });
  const routed: RouteSpec = route({
    stable: target('1.0.0', stable.address),
    candidate: target('1.1.0', candidate.address),
    drainMs: 0,
  });
  return {
    traffic,
    route: routed,
    ask: async () => {
      const port = (await running?.client.state())?.routes[0]?.port;
      return (await fetch(`http://127.0.0.1:${port}`)).text();
    },
    crash: async () => {
      running?.process.kill('SIGKILL');
      await running?.exited;
      running = await gatewayProcess(cleanup, dir);
    },
    close: () => cleanup.run(),
  };
});

it('tells an agent at once that its gateway died, and again when one is back', async () => {
  const cleanup = new Cleanup();
  const dir = await temporaryFolder(cleanup);
  const first = await gatewayProcess(cleanup, dir);
  const traffic = createGatewayTraffic({ dir, clock: systemClock, ensureGateway: async () => undefined });
  let waiting: (() => void) | null = null;
  let told = 0;
  const watching = traffic.onChange(() => {
    told += 1;
    waiting?.();
  });
  const untilTold = (times: number): Promise<void> =>
    new Promise((resolve) => {
      waiting = () => {
        if (told >= times) resolve();
      };
      waiting();
    });
  try {
    await untilTold(1);
    first.process.kill('SIGKILL');
    await untilTold(2);
    await first.exited;
    const context = { signal: new AbortController().signal, log: noLog };
    expect(await traffic.observe(context)).toEqual({ state: 'absent' });
    await gatewayProcess(cleanup, dir);
    await untilTold(3);
    expect((await traffic.observe(context)).state).toBe('present');
  } finally {
    watching[Symbol.dispose]();
    await cleanup.run();
  }
});
