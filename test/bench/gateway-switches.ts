/** Requests that fail while weights and versions are switched under load: none may. */
import { Cleanup, rollout, route, target, until, weight } from '../gateway/world.ts';
import type { Answered } from './gateway/load.ts';
import { generator, instance, ourGateway } from './gateway/place.ts';
import type { Instance } from './gateway/place.ts';
import { row, sized, subject } from './row.ts';

subject({
  title: 'Switches under load',
  about:
    'Requests that fail while weights and versions are switched, counted by clients that never try again: 32 connections that ask as fast as they are answered. A version that was replaced is killed as soon as the gateway says that nothing is open to it.',
});

const cleanup = new Cleanup();
const connections = 32;
const weightSwitches = sized(100, 10);
const versionSwitches = sized(20, 3);

type Gateway = Awaited<ReturnType<typeof ourGateway>>;

/** So many requests between two switches, that each is under load. */
const requestsBetween = 200;

async function served(gateway: Gateway, more: number): Promise<void> {
  const before = await requests(gateway);
  await until(async () => (await requests(gateway)) >= before + more);
}

async function requests({ client }: Gateway): Promise<number> {
  const { services } = await client.counters();
  const variants = Object.values(services).flatMap((service) => Object.values(service.variants));
  return variants.reduce((sum, counts) => sum + counts.requests, 0);
}

async function underLoad(gateway: Gateway, switches: () => Promise<void>): Promise<Answered> {
  const enough = new AbortController();
  const { port } = gateway;
  const asked = ask({ port, seconds: 3_600, connections, perSecond: null }, enough.signal);
  await served(gateway, requestsBetween);
  await switches();
  await served(gateway, requestsBetween);
  enough.abort();
  return asked;
}

async function switchWeights(gateway: Gateway): Promise<void> {
  for (let generation = 2; generation < weightSwitches + 2; generation += 1) {
    await gateway.client.weigh(weight({ generation, percent: (generation * 37) % 101 }));
    await served(gateway, requestsBetween);
  }
}

/** Each version comes as a candidate, gets everything, becomes the stable one, and the one before it is killed. */
async function switchVersions(gateway: Gateway, first: Instance): Promise<void> {
  const { client } = gateway;
  let [old, stable] = [first, target('1', `127.0.0.1:${first.port}`)];
  for (let version = 2; version < versionSwitches + 2; version += 1) {
    const fresh = await instance(cleanup);
    const candidate = target(String(version), `127.0.0.1:${fresh.port}`);
    await client.setRoutes([route({ stable, candidate })]);
    await client.weigh({ rollout, generation: 1_000 + version, percent: 100, leaseMs: null });
    await served(gateway, requestsBetween);
    await client.setRoutes([route({ stable: candidate })]);
    await until(async () => (await client.state()).leaving.length === 0);
    old.kill();
    [old, stable] = [fresh, candidate];
    await served(gateway, requestsBetween);
  }
}

function show(what: string, { failed, requests: all }: Answered): void {
  const good = all / (all + failed);
  row({
    what,
    figure: failed,
    unit: 'failed',
    beside: { what: 'all requests', figure: all + failed },
    reach: { text: '0', holds: failed === 0 },
    note: `${(good * 100).toFixed(3)} % were answered`,
  });
}

const ask = generator(cleanup);
try {
  const instances = [await instance(cleanup), await instance(cleanup)] as const;
  const gateway = await ourGateway(cleanup, instances, 10);
  show(`${weightSwitches} switches of weight`, await underLoad(gateway, () => switchWeights(gateway)));
  show(
    `${versionSwitches} switches of version`,
    await underLoad(gateway, () => switchVersions(gateway, instances[0])),
  );
} finally {
  await cleanup.run();
}
