import { afterEach, describe, expect, it } from 'vitest';
import type { Digest, RolloutId } from '../../src/domain/ids.ts';
import type { Context, Observed } from '../../src/ports/provider.ts';
import type { RawCounts, RouteSpec, Traffic, TrafficState, WeightSpec } from '../../src/ports/traffic.ts';

/** One implementation, with two versions of one service behind it that answer with their names. */
export interface TrafficWorld {
  readonly traffic: Traffic;
  /** Of one service: stable answers `stable`, the candidate `candidate`. No drain, no probe, port 0. */
  readonly route: RouteSpec;
  /** Asks the service once, as a client would, and gives the body of the answer. */
  ask(): Promise<string>;
  /** Whatever holds the weight dies without a word and comes back, with nobody else's help. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

const context: Context = {
  signal: new AbortController().signal,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
};
const rollout = '01890000-0000-7000-8000-00000000000a' as RolloutId;

/** What every implementation of the Traffic port promises. */
export function trafficConformance(name: string, makeWorld: () => Promise<TrafficWorld>): void {
  describe(`${name}, as Traffic,`, () => {
    let worlds: TrafficWorld[] = [];
    afterEach(async () => {
      for (const world of worlds) await world.close();
      worlds = [];
    });

    const make = async (): Promise<TrafficWorld> => {
      const world = await makeWorld();
      worlds.push(world);
      return world;
    };
    const routed = async (weight: WeightSpec | null = null): Promise<TrafficWorld> => {
      const world = await make();
      await converge(world, weight);
      return world;
    };

    it('is absent before it was ever asked for anything', async () => {
      const { traffic } = await make();
      expect(await traffic.observe(context)).toEqual({ state: 'absent' });
    });

    it('does what it plans, and then plans nothing more', async () => {
      const world = await routed(word({ percent: 10 }));
      const observed = await world.traffic.observe(context);
      expect(world.traffic.plan({ routes: [world.route], weight: word({ percent: 10 }) }, observed)).toEqual(
        [],
      );
    });

    it('says on which port it took a free one', async () => {
      const world = await routed();
      expect(valueOf(await world.traffic.observe(context)).routes[0]?.port).toBeGreaterThan(0);
    });

    it('gives stable everything while nobody set a weight', async () => {
      expect(await answers(await routed(), 10)).toEqual(new Set(['stable']));
    });

    it('gives the candidate its share', async () => {
      expect(await answers(await routed(word({ percent: 50 })), 60)).toEqual(
        new Set(['stable', 'candidate']),
      );
    });

    it('gives the candidate everything at 100, and nothing at 0', async () => {
      const world = await routed(word({ percent: 100 }));
      expect(await answers(world, 10)).toEqual(new Set(['candidate']));
      await converge(world, word({ generation: 2, percent: 0 }));
      expect(await answers(world, 10)).toEqual(new Set(['stable']));
    });

    it('applies the same change twice as once', async () => {
      const world = await routed(word({ percent: 100 }));
      await world.traffic.apply({ action: 'weigh', weight: word({ percent: 100 }) }, context);
      await world.traffic.apply({ action: 'route', routes: [world.route] }, context);
      expect(await answers(world, 5)).toEqual(new Set(['candidate']));
    });

    it('refuses a generation that is older than one it has heard', async () => {
      const { traffic } = await routed(word({ generation: 5 }));
      await expect(
        traffic.apply({ action: 'weigh', weight: word({ generation: 4 }) }, context),
      ).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('reads back the weight that is in effect, and the time left on its lease', async () => {
      const { traffic } = await routed(word({ percent: 25, leaseMs: 600_000 }));
      const { weight } = valueOf(await traffic.observe(context));
      expect(weight).toMatchObject({ rollout, generation: 1, percent: 25, effectivePercent: 25 });
      expect(weight?.lease.state).toBe('held');
      expect((await traffic.counters(context)).effectivePercent).toBe(25);
    });

    it('goes to stable by itself when nobody renews, tells so, and does not come back by a late renewal', async () => {
      const world = await routed();
      const { traffic } = world;
      const told = new Promise<void>((resolve) => {
        const look = async (): Promise<void> => {
          const { weight } = valueOf(await traffic.observe(context));
          if (weight?.lease.state !== 'expired') return;
          watching[Symbol.dispose]();
          resolve();
        };
        const watching = traffic.onChange(() => void look());
      });
      await converge(world, word({ percent: 100, leaseMs: 400 }));
      await told;
      expect(await answers(world, 10)).toEqual(new Set(['stable']));
      await expect(traffic.renew(rollout, 1, 10_000, context)).rejects.toMatchObject({ kind: 'conflict' });
      expect(traffic.plan(desired(world, word({ leaseMs: 400 })), await traffic.observe(context))).toEqual(
        [],
      );
      await converge(world, word({ generation: 2, percent: 100 }));
      expect(await answers(world, 5)).toEqual(new Set(['candidate']));
    });

    it('renews the lease of the generation in force, and of no other', async () => {
      const { traffic } = await routed(word({ leaseMs: 600_000 }));
      await traffic.renew(rollout, 1, 900_000, context);
      const lease = valueOf(await traffic.observe(context)).weight?.lease;
      expect(lease?.state === 'held' ? lease.leftMs : 0).toBeGreaterThan(600_000);
      await expect(traffic.renew(rollout, 2, 1_000, context)).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('takes back for ever: no late word and no crash exposes that generation again (REL-9)', async () => {
      const world = await routed(word({ generation: 3, percent: 100 }));
      await world.traffic.takeBack(rollout, 3, 'errors', context);
      expect(await answers(world, 10)).toEqual(new Set(['stable']));
      await world.crash();
      expect(await answers(world, 10)).toEqual(new Set(['stable']));
      await expect(
        world.traffic.apply({ action: 'weigh', weight: word({ generation: 3, percent: 100 }) }, context),
      ).rejects.toMatchObject({ kind: 'conflict' });
      const observed = await world.traffic.observe(context);
      expect(valueOf(observed).latch).toMatchObject([{ rollout, generation: 3, reason: 'errors' }]);
      expect(world.traffic.plan(desired(world, word({ generation: 3 })), observed)).toEqual([]);
    });

    it('goes on with its weight after a crash (REL-11)', async () => {
      const world = await routed(word({ percent: 100, leaseMs: 600_000 }));
      await world.crash();
      expect(await answers(world, 10)).toEqual(new Set(['candidate']));
      expect(valueOf(await world.traffic.observe(context)).weight?.lease.state).toBe('held');
    });

    it('never shows a new candidate under the weight of a rollout before it', async () => {
      const world = await routed(word({ percent: 100 }));
      const { candidate } = world.route;
      const next = candidate && { ...candidate, artifact: `sha256:${'f'.repeat(64)}` as Digest };
      await converge(world, null, { ...world.route, candidate: next });
      expect(await answers(world, 10)).toEqual(new Set(['stable']));
    });

    it('lets a candidate become stable without a request lost', async () => {
      const world = await routed(word({ percent: 100 }));
      const asked = answers(world, 30);
      await converge(world, null, { ...world.route, stable: world.route.candidate, candidate: null });
      expect(await asked).toEqual(new Set(['candidate']));
      expect(await answers(world, 5)).toEqual(new Set(['candidate']));
    });

    it('counts what each version answered, and starts again from zero only under another epoch', async () => {
      const world = await routed();
      await answers(world, 7);
      const before = await world.traffic.counters(context);
      expect(countsOf(before.services, world.route)).toMatchObject({ requests: 7, errors: 0, probes: 0 });
      await world.crash();
      const after = await world.traffic.counters(context);
      expect(after.epoch).not.toBe(before.epoch);
      expect(after.monotonicMs).toBeGreaterThan(before.monotonicMs);
    });

    it('is gone once removed, and removing it again succeeds', async () => {
      const { traffic } = await routed();
      while (!(await traffic.remove(context)).done) await new Promise((resolve) => setImmediate(resolve));
      expect(await traffic.observe(context)).toEqual({ state: 'absent' });
      expect(await traffic.remove(context)).toEqual({ done: true });
    });
  });
}

const word = (of: Partial<WeightSpec>): WeightSpec => ({
  rollout,
  generation: 1,
  percent: 100,
  leaseMs: null,
  ...of,
});

const desired = (
  world: TrafficWorld,
  weight: WeightSpec | null,
): { routes: readonly RouteSpec[]; weight: WeightSpec | null } => ({ routes: [world.route], weight });

async function converge(
  { traffic, route }: TrafficWorld,
  weight: WeightSpec | null,
  instead: RouteSpec = route,
): Promise<void> {
  const plan = traffic.plan({ routes: [instead], weight }, await traffic.observe(context));
  for (const change of plan) await traffic.apply(change, context);
}

async function answers(world: TrafficWorld, count: number): Promise<Set<string>> {
  const heard = new Set<string>();
  for (let asked = 0; asked < count; asked += 1) heard.add(await world.ask());
  return heard;
}

function valueOf(observed: Observed<TrafficState>): TrafficState {
  if (observed.state !== 'present') throw new Error(`the traffic is ${observed.state}`);
  return observed.value;
}

function countsOf(
  services: Readonly<Record<string, { readonly variants: Readonly<Record<Digest, RawCounts>> }>>,
  route: RouteSpec,
): RawCounts | undefined {
  return route.stable === null ? undefined : services[route.service]?.variants[route.stable.artifact];
}
