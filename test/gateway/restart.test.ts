import { readFile, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ServiceName } from '../../src/domain/ids.ts';
import type { RouteSpec } from '../../src/domain/traffic.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { DurableFile } from '../../src/gateway/durable-file.ts';
import { Memory } from '../../src/gateway/memory.ts';
import { emptyBook, weigh } from '../../src/gateway/weight.ts';
import { gatewayFiles } from '../../src/protocol/gateway.ts';
import {
  bodies,
  Cleanup,
  gatewayProcess,
  rollout,
  route,
  startInstance,
  target,
  temporaryFolder,
  until,
  weight,
} from './world.ts';
import type { GatewayProcess } from './world.ts';

const cleanup = new Cleanup();
afterEach(() => cleanup.run());

async function canary(): Promise<RouteSpec> {
  const [old, fresh] = [await startInstance(cleanup, 'old'), await startInstance(cleanup, 'new')];
  return route({ stable: target('1', old.address), candidate: target('2', fresh.address) });
}

async function kill({ process, exited }: GatewayProcess): Promise<void> {
  process.kill('SIGKILL');
  await exited;
}

const originOf = async ({ client }: GatewayProcess): Promise<string> =>
  `http://127.0.0.1:${(await client.state()).routes[0]?.port}`;

describe('a gateway killed with SIGKILL and started again', () => {
  it('serves on the same port with the same weight, lease and latch, with no word from an agent (REL-11)', async () => {
    const dir = await temporaryFolder(cleanup);
    const first = await gatewayProcess(cleanup, dir);
    await first.client.setRoutes([await canary()]);
    await first.client.takeBack({ rollout, generation: 1, reason: 'errors' });
    await first.client.weigh(weight({ generation: 2, percent: 100, leaseMs: 600_000 }));
    const [origin, before] = [await originOf(first), await first.client.state()];
    await kill(first);
    const second = await gatewayProcess(cleanup, dir);
    expect(await bodies(origin, 5)).toEqual(['new', 'new', 'new', 'new', 'new']);
    const after = await second.client.state();
    expect({ ...after, weight: null }).toEqual({ ...before, weight: null });
    expect(after.weight).toMatchObject({ generation: 2, effectivePercent: 100, lease: { state: 'held' } });
    const [left, had] = [leftMs(after.weight?.lease), leftMs(before.weight?.lease)];
    expect(left).toBeLessThanOrEqual(had);
    expect(left).toBeGreaterThan(0);
    await expect(second.client.weigh(weight({ generation: 1 }))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'generation-taken-back',
    });
    await second.client.renew({ rollout, generation: 2, leaseMs: 600_000 });
  });

  it('does not expose a candidate whose lease ran out while it was dead', async () => {
    const dir = await temporaryFolder(cleanup);
    const first = await gatewayProcess(cleanup, dir);
    await first.client.setRoutes([await canary()]);
    await first.client.weigh(weight({ leaseMs: 1 }));
    const origin = await originOf(first);
    await kill(first);
    const second = await gatewayProcess(cleanup, dir);
    expect(await bodies(origin, 5)).toEqual(['old', 'old', 'old', 'old', 'old']);
    expect((await second.client.state()).weight?.lease).toEqual({ state: 'expired' });
    await expect(second.client.renew({ rollout, generation: 1, leaseMs: 9_000 })).rejects.toMatchObject({
      code: 'lease-expired',
    });
  });

  it('has a take-back on the disk before it answers', async () => {
    const dir = await temporaryFolder(cleanup);
    const first = await gatewayProcess(cleanup, dir);
    await first.client.setRoutes([await canary()]);
    await first.client.weigh(weight({}));
    await first.client.takeBack({ rollout, generation: 1, reason: 'errors' });
    await kill(first);
    const second = await gatewayProcess(cleanup, dir);
    expect(new Set(await bodies(await originOf(second), 5))).toEqual(new Set(['old']));
    expect((await second.client.state()).latch).toEqual([{ rollout, generation: 1, reason: 'errors' }]);
  });

  it('treats a damaged state file as stable only, names it, and still refuses what was taken back', async () => {
    const dir = await temporaryFolder(cleanup);
    const first = await gatewayProcess(cleanup, dir);
    const routes = [await canary()];
    await first.client.setRoutes(routes);
    await first.client.takeBack({ rollout, generation: 1, reason: 'errors' });
    await first.client.weigh(weight({ generation: 2, percent: 10 }));
    await kill(first);
    const file = path.join(dir, gatewayFiles.state);
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('"percent":10', '"percent":90'));
    const second = await gatewayProcess(cleanup, dir);
    expect((await second.client.health()).troubles[0]).toContain('gateway-state.json is damaged');
    await second.client.setRoutes(routes);
    expect(new Set(await bodies(await originOf(second), 20))).toEqual(new Set(['old']));
    await expect(second.client.weigh(weight({ generation: 1 }))).rejects.toMatchObject({
      code: 'generation-taken-back',
    });
  });

  it('takes everything weighed before for taken back when the latch is damaged', async () => {
    const dir = await temporaryFolder(cleanup);
    const first = await gatewayProcess(cleanup, dir);
    await first.client.setRoutes([await canary()]);
    await first.client.weigh(weight({ generation: 3 }));
    await kill(first);
    await writeFile(path.join(dir, gatewayFiles.latch), '{"not":');
    const second = await gatewayProcess(cleanup, dir);
    expect(new Set(await bodies(await originOf(second), 5))).toEqual(new Set(['old']));
    expect((await second.client.state()).latch).toMatchObject([{ rollout, generation: 3 }]);
  });

  it('takes it for that again when it was killed, or had no room, before it wrote another latch', async () => {
    const dir = await temporaryFolder(cleanup);
    const before = new Memory(dir, 'boot');
    const book = weigh(emptyBook, weight({ percent: 50 }), {}, 0);
    await before.keepState([], book);
    await writeFile(path.join(dir, gatewayFiles.latch), 'no latch');
    const full = vi.spyOn(DurableFile.prototype, 'write').mockRejectedValue(new Error('no room'));
    const first = await new Memory(dir, 'boot').recall(0);
    full.mockRestore();
    const second = await new Memory(dir, 'boot').recall(0);
    for (const { book: found } of [first, second])
      expect(found.latch).toMatchObject([{ rollout, generation: 1 }]);
    expect(first.troubles).toContain('no room');
    expect(await readFile(path.join(dir, `${gatewayFiles.latch}.damaged`), 'utf8')).toBe('no latch');
    expect((await new Memory(dir, 'boot').recall(0)).troubles).toEqual([]);
  });
});

it('puts all requests on stable when nobody renews the lease, and says so at once (REL-8)', async () => {
  const { client } = await gatewayProcess(cleanup, await temporaryFolder(cleanup));
  await client.setRoutes([await canary()]);
  const told = new Promise((resolve) => {
    const watching = client.watch(
      (notice) => {
        if (notice.notice === 'lease expired') resolve(notice);
      },
      () => undefined,
    );
    cleanup.add(() => watching[Symbol.dispose]());
  });
  await client.weigh(weight({ leaseMs: 300 }));
  expect(await told).toEqual({ notice: 'lease expired', rollout, generation: 1 });
  expect((await client.state()).weight).toMatchObject({ percent: 100, effectivePercent: 0 });
});

it('does not expose a candidate when it was stopped past its lease and let go on', async () => {
  const running = await gatewayProcess(cleanup, await temporaryFolder(cleanup));
  await running.client.setRoutes([await canary()]);
  const origin = await originOf(running);
  await running.client.weigh(weight({ leaseMs: 200 }));
  running.process.kill('SIGSTOP');
  const asked = bodies(origin, 3);
  // A stopped process can tell nobody that its lease is over: only the clock can.
  await systemClock.sleep(250);
  running.process.kill('SIGCONT');
  expect(await asked).toEqual(['old', 'old', 'old']);
});

it('listens on sockets it inherited, answers on them before it has routes, and names what it has no socket for', async () => {
  const held = createServer().listen(0, '127.0.0.1');
  await once(held, 'listening');
  const { port } = held.address() as AddressInfo;
  const dir = await temporaryFolder(cleanup);
  const { client } = await gatewayProcess(cleanup, dir, { web: held });
  held.close();
  const origin = `http://127.0.0.1:${port}`;
  expect((await fetch(origin)).status).toBe(503);
  const only = await canary();
  await client.setRoutes([only]);
  expect((await client.state()).routes[0]?.port).toBe(port);
  expect(await bodies(origin, 2)).toEqual(['old', 'old']);
  await expect(client.setRoutes([only, route({ service: 'api' as ServiceName })])).rejects.toMatchObject({
    kind: 'conflict',
    code: 'listener-missing',
  });
});

it('hands over to a successor: the old one finishes what is open while the new one serves', async () => {
  let finish: (() => void) | null = null;
  const slow = await startInstance(cleanup, (request, response) => {
    if (request.url === '/slow') finish = () => response.end('finished');
    else response.end('quick');
  });
  const dir = await temporaryFolder(cleanup);
  const first = await gatewayProcess(cleanup, dir);
  await first.client.setRoutes([route({ stable: target('1', slow.address), drainMs: 60_000 })]);
  const origin = await originOf(first);
  const open = fetch(`${origin}/slow`);
  await until(() => finish !== null);
  await first.client.shutdown();
  await gatewayProcess(cleanup, dir);
  expect(await bodies(origin, 2)).toEqual(['quick', 'quick']);
  (finish as (() => void) | null)?.();
  expect(await (await open).text()).toBe('finished');
  expect(await first.exited).toEqual([0, null]);
  expect(await bodies(origin, 2)).toEqual(['quick', 'quick']);
});

it('does not start beside a gateway that serves the same folder', async () => {
  const dir = await temporaryFolder(cleanup);
  await gatewayProcess(cleanup, dir);
  await expect(gatewayProcess(cleanup, dir)).rejects.toThrow('the gateway ended with 13');
});

it('keeps its socket and its files to its own user', async () => {
  const dir = path.join(await temporaryFolder(cleanup), 'gateway');
  const { client } = await gatewayProcess(cleanup, dir);
  await client.setRoutes([await canary()]);
  await client.takeBack({ rollout, generation: 1, reason: 'errors' });
  const mode = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;
  expect(await mode(dir)).toBe(0o700);
  for (const file of Object.values(gatewayFiles)) expect(await mode(path.join(dir, file))).toBe(0o600);
});

it('shows its counters, its weight and its troubles to Prometheus', async () => {
  const running = await gatewayProcess(cleanup, await temporaryFolder(cleanup));
  await running.client.setRoutes([await canary()]);
  await bodies(await originOf(running), 3);
  const text = await running.client.metrics();
  expect(text).toMatch(/^rung_gateway_requests_total\{service="web",artifact="sha256:[0-9a-f]{64}"\} 3$/m);
  expect(text).toMatch(/^rung_gateway_candidate_percent 0$/m);
  expect(text).toMatch(/^rung_gateway_answer_seconds_bucket\{[^}]*le="\+Inf"\} 3$/m);
});

it('refuses a weight that is malformed', async () => {
  const { client } = await gatewayProcess(cleanup, await temporaryFolder(cleanup));
  for (const malformed of [{ ...weight({}), percent: 101 }, { rollout, percent: 1, leaseMs: null }, []]) {
    await expect(client.weigh(malformed as never)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'control-input',
    });
  }
});

function leftMs(lease: { readonly state: string; readonly leftMs?: number } | undefined): number {
  return lease?.leftMs ?? -1;
}
