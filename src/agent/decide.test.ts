import { describe, expect, it } from 'vitest';
import type { Digest, ReleaseId, RolloutId, ServiceName } from '../domain/ids.ts';
import type { Variant } from '../domain/rollout/types.ts';
import type { Workload } from '../ports/runtime.ts';
import type { TrafficState, WeightState } from '../ports/traffic.ts';
import type { DesiredEnvironment, DesiredRollout } from '../protocol/messages.ts';
import { type Facts, wantedRoutes, wantedVariants, wantedWeight } from './decide.ts';

const web = 'web' as ServiceName;
const id = 'r1' as RolloutId;

const variant = (version: string): Variant => ({
  release: `release ${version}` as ReleaseId,
  version,
  artifact: `artifact ${version}` as Digest,
});
const old = variant('1');
const next = variant('2');

const running = (
  one: Variant,
  phase: 'healthy' | 'starting' | 'unhealthy' | 'stopping' = 'healthy',
): Workload => ({
  service: web,
  artifact: one.artifact,
  instances: [
    {
      id: one.version,
      address: `127.0.0.1:${one.version}`,
      pid: 1,
      state: phase === 'unhealthy' ? { phase, detail: '' } : { phase },
      exits: 0,
      failedProbes: 0,
    },
  ],
});

const rollout = (task: DesiredRollout['task'], generation = 5): DesiredRollout => ({
  id,
  generation,
  services: [web],
  task,
  drainMs: 1000,
});
const weigh = rollout({ kind: 'weigh', percent: 10, leaseMs: 3000, judge: null, sampleEveryMs: 100 });
const takeBack = rollout({ kind: 'take back', reason: 'errors' });

const traffic = (
  serving: Variant | null,
  candidate: Variant | null,
  weight: WeightState | null = null,
): TrafficState => ({
  routes: [
    {
      service: web,
      port: 8080,
      stable: serving && { ...serving, addresses: [`127.0.0.1:${serving.version}`] },
      candidate: candidate && { ...candidate, addresses: [`127.0.0.1:${candidate.version}`] },
      drainMs: 1000,
      probe: null,
      openConnections: { stable: 0, candidate: 0 },
    },
  ],
  weight,
  latch: [],
});

const held = (generation: number, lease: WeightState['lease']): WeightState => ({
  rollout: id,
  generation,
  percent: 10,
  effectivePercent: lease.state === 'expired' ? 0 : 10,
  lease,
});

function facts(wish: {
  stable: Variant | null;
  candidate: Variant | null;
  rollout: DesiredRollout | null;
  workloads?: readonly Workload[];
  traffic?: TrafficState | null;
  drained?: boolean;
  tookBack?: boolean;
  isFresh?: boolean;
}): Facts {
  const { stable, candidate, rollout } = wish;
  const services = [{ service: web, port: 0, stable, candidate }];
  return {
    desired: { services, rollout, revision: 1 } as unknown as DesiredEnvironment,
    workloads: wish.workloads ?? [running(old), running(next)],
    traffic: wish.traffic === undefined ? traffic(old, null) : wish.traffic,
    shelved: () => null,
    drained: wish.drained ?? false,
    tookBack: wish.tookBack ?? false,
    isFresh: wish.isFresh ?? true,
  };
}

const versions = (one: Facts) => wantedVariants(one).map((wanted) => wanted.variant.version);
const route = (one: Facts) => wantedRoutes(one)[0];

describe('what an agent decides', () => {
  it('runs a candidate in preflight, and sends it no request', () => {
    const one = facts({ stable: old, candidate: next, rollout: rollout({ kind: 'preflight' }) });
    expect(versions(one)).toEqual(['1', '2']);
    expect(route(one)).toMatchObject({ stable: { version: '1' }, candidate: null });
    expect(wantedWeight(one)).toEqual({ weigh: null, because: 'nothing to weigh' });
  });

  it('weighs a candidate that is healthy, under the generation it was told', () => {
    const one = facts({ stable: old, candidate: next, rollout: weigh });
    expect(route(one)).toMatchObject({ candidate: { version: '2', addresses: ['127.0.0.1:2'] } });
    expect(wantedWeight(one)).toEqual({ weigh: { rollout: id, generation: 5, percent: 10, leaseMs: 3000 } });
  });

  it('does not begin to weigh a candidate that does not answer', () => {
    const workloads = [running(old), running(next, 'starting')];
    const one = facts({ stable: old, candidate: next, rollout: weigh, workloads });
    expect(wantedWeight(one)).toMatchObject({ weigh: null, because: 'candidate not healthy' });
  });

  it.each([
    ['whose lease ran out', { traffic: traffic(old, next, held(5, { state: 'expired' })) }, 'lease expired'],
    [
      'that a newer word has replaced',
      { traffic: traffic(old, next, held(6, { state: 'none' })) },
      'outdated',
    ],
    ['that it took back itself', { tookBack: true }, 'taken back'],
    [
      'that is latched at the gateway from a word before',
      { traffic: { ...traffic(old, next), latch: [{ rollout: id, generation: 2, reason: '' }] } },
      'taken back',
    ],
    [
      'that is latched at the gateway',
      { traffic: { ...traffic(old, next), latch: [{ rollout: id, generation: 5, reason: '' }] } },
      'taken back',
    ],
    ['that it has not heard of anew since it stood still', { isFresh: false }, 'not heard anew'],
  ] as const)('never sets a weight %s', (_which, more, because) => {
    const one = facts({ stable: old, candidate: next, rollout: weigh, ...more });
    expect(wantedWeight(one)).toEqual({ weigh: null, because });
  });

  it('keeps a candidate that goes back in its route until it is drained, then neither routes nor runs it', () => {
    const wish = { stable: old, candidate: next, rollout: takeBack, traffic: traffic(old, next) };
    expect(route(facts(wish))).toMatchObject({ candidate: { version: '2' } });
    const drained = facts({ ...wish, drained: true });
    expect(route(drained)).toMatchObject({ candidate: null });
    expect(versions(drained)).toEqual(['1']);
  });

  it('lets the version before go on serving until its successor answers', () => {
    const workloads = [running(old), running(next, 'starting')];
    const one = facts({ stable: next, candidate: null, rollout: null, workloads });
    expect(route(one)).toMatchObject({ stable: { version: '1' } });
    expect(versions(one)).toEqual(['2', '1']);
    expect(route(facts({ stable: next, candidate: null, rollout: null }))).toMatchObject({
      stable: { version: '2' },
    });
  });

  it('sends requests to an instance that fails its health check rather than to none at all', () => {
    const one = facts({
      stable: old,
      candidate: null,
      rollout: null,
      workloads: [running(old, 'unhealthy')],
    });
    expect(route(one)?.stable?.addresses).toEqual(['127.0.0.1:1']);
  });

  it('sends no request to an instance that was asked to end, though it still answers', () => {
    const workloads = [running(old, 'stopping')];
    const one = facts({ stable: old, candidate: null, rollout: null, workloads });
    expect(route(one)?.stable?.addresses).toEqual([]);
  });
});
