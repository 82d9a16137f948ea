import { expect, it } from 'vitest';
import { createMemoryDisk } from '../disk/memory-disk.ts';
import { Failure } from '../domain/failure.ts';
import type {
  Digest,
  EnvironmentId,
  EnvironmentName,
  ProjectId,
  ReleaseId,
  RolloutId,
  ServiceName,
} from '../domain/ids.ts';
import { silentLog } from '../domain/log.ts';
import type { Variant } from '../domain/rollout/types.ts';
import { createVirtualClock, someMoment } from '../engine/virtual-clock.ts';
import type { Runtime } from '../ports/runtime.ts';
import type { Traffic, TrafficState } from '../ports/traffic.ts';
import type { DesiredEnvironment, Observation } from '../protocol/messages.ts';
import type { ArtifactShelf } from './artifact-shelf.ts';
import type { DesiredRef } from './desired-ref.ts';
import { EnvironmentKeeper } from './environment-keeper.ts';
import { Judging } from './judging.ts';
import type { Reporter } from './reporter.ts';
import { SampleKeep } from './sample-keep.ts';

const web = 'web' as ServiceName;
const rollout = '01900000-0000-7000-9000-000000000001' as RolloutId;
const environment = 'prod' as EnvironmentId;
const variant = (version: string): Variant => ({
  release: `release ${version}` as ReleaseId,
  version,
  artifact: `artifact ${version}` as Digest,
});
const [stable, candidate] = [variant('1.0.0'), variant('1.1.0')];
const nothingToDispose: Disposable = { [Symbol.dispose]: () => undefined };

const desired: DesiredEnvironment = {
  project: 'p' as ProjectId,
  environment,
  name: 'prod' as EnvironmentName,
  revision: 3,
  services: [{ service: web, port: 0, stable, candidate }],
  rollout: {
    id: rollout,
    generation: 2,
    services: [web],
    drainMs: 200,
    task: {
      kind: 'weigh',
      percent: 50,
      leaseMs: 30_000,
      sampleEveryMs: 100,
      judge: {
        phase: 'canary',
        services: [web],
        exposureMs: 60_000,
        maximumMs: 600_000,
        errorLimit: 0.05,
        errorForMs: 2400,
        latencyFactor: 3,
        baseline: null,
      },
    },
  },
};

/** A runtime whose only instance of the candidate has ended as often as is said. */
const runtimeOf = (exits: () => number): Runtime =>
  ({
    observe: async () => ({
      state: 'present',
      value: [
        {
          service: web,
          artifact: candidate.artifact,
          instances: [
            {
              id: 'web-1',
              address: '127.0.0.1:1',
              pid: 1,
              state: { phase: 'healthy' },
              exits: exits(),
              failedProbes: 0,
            },
          ],
        },
      ],
    }),
    plan: () => [],
    onChange: () => nothingToDispose,
    isolation: () => ({ level: 'none', detail: '' }),
  }) as Partial<Runtime> as Runtime;

/** A gateway that takes back, as asked, and then cannot write down that it did. */
function gatewayOnFullDisk(): Traffic {
  let latch: TrafficState['latch'] = [];
  const weight = { rollout, generation: 2, percent: 50, effectivePercent: 50 };
  return {
    observe: async () => ({
      state: 'present',
      value: { routes: [], weight: { ...weight, lease: { state: 'held', leftMs: 30_000 } }, latch },
    }),
    plan: () => [],
    counters: async () => ({ epoch: 'e', monotonicMs: 0, effectivePercent: 50, services: {} }),
    takeBack: async (_rollout: RolloutId, generation: number, reason: string) => {
      latch = [{ rollout, generation, reason }];
      throw new Failure('unavailable', 'gateway-state-unwritable', 'The gateway cannot write its latch.');
    },
    renew: async () => undefined,
    onChange: () => nothingToDispose,
  } as Partial<Traffic> as Traffic;
}

async function keeperWith(desiredRef: Pick<DesiredRef, 'follow'>) {
  const clock = createVirtualClock(someMoment);
  const told: Observation[] = [];
  let exits = 0;
  const keeper = new EnvironmentKeeper({
    environment,
    desired: () => desired,
    runtime: runtimeOf(() => exits),
    traffic: gatewayOnFullDisk(),
    shelf: { find: () => null, failure: () => null } as Partial<ArtifactShelf> as ArtifactShelf,
    judging: new Judging(await SampleKeep.load(createMemoryDisk(), '/agent/rollout.json'), clock),
    reporter: {
      put: (one: Observation) => void told.push(one),
      wake: () => undefined,
    } as Partial<Reporter> as Reporter,
    desiredRef: desiredRef as Partial<DesiredRef> as DesiredRef,
    clock,
    log: silentLog,
    isFresh: () => true,
    isAhead: () => false,
    noticeStandstill: () => undefined,
    troubles: () => [],
  });
  const exit = (): void => {
    exits = 1;
  };
  return { clock, keeper, told, exit };
}

it('says what it took back, and why, though the gateway could not write it down', async () => {
  const { clock, keeper, told, exit } = await keeperWith({ follow: async () => undefined });
  const ending = new AbortController();
  const running = keeper.run(ending.signal);
  await clock.advance(1000);
  exit();
  await clock.advance(2000);
  ending.abort();
  await running;
  expect(told.at(-1)?.rollout?.takenBack?.rule).toBe('health');
});

it('measures and takes back while the ref of what runs cannot be written', async () => {
  const { clock, keeper, told, exit } = await keeperWith({ follow: () => new Promise(() => undefined) });
  const ending = new AbortController();
  const running = keeper.run(ending.signal);
  await clock.advance(1000);
  exit();
  await clock.advance(2000);
  ending.abort();
  await Promise.race([running, clock.settle()]);
  expect(told.at(-1)?.rollout?.takenBack?.rule).toBe('health');
});
