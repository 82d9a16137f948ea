import { describe, expect, it } from 'vitest';
import type { Digest, ReleaseId, RolloutId, ServiceName } from '../../domain/ids.ts';
import type { RouteSpec, RouteState, Target, TrafficState, WeightSpec } from '../../ports/traffic.ts';
import { planTraffic } from './plan.ts';

const target = (version: string, ...addresses: string[]): Target => ({
  release: `sha256:r${version}` as ReleaseId,
  version,
  artifact: `sha256:a${version}` as Digest,
  addresses,
});
const route = (of: Partial<RouteSpec> = {}): RouteSpec => ({
  service: 'web' as ServiceName,
  port: 0,
  stable: target('1', '127.0.0.1:1', '127.0.0.1:2'),
  candidate: null,
  drainMs: 30_000,
  probe: null,
  ...of,
});
const standing = (spec: RouteSpec, port = 8080): RouteState => ({
  ...spec,
  port,
  openConnections: { stable: 0, candidate: 0 },
});
const rollout = 'rollout-1' as RolloutId;
const weight: WeightSpec = { rollout, generation: 2, percent: 10, leaseMs: 30_000 };
const present = (value: Partial<TrafficState>): { state: 'present'; value: TrafficState } => ({
  state: 'present',
  value: { routes: [standing(route())], weight: null, latch: [], ...value },
});
const inForce = (of: object = {}): TrafficState['weight'] => ({
  rollout,
  generation: 2,
  percent: 10,
  effectivePercent: 10,
  lease: { state: 'held', leftMs: 1 },
  ...of,
});

describe('the plan for the traffic', () => {
  it('is routes first and then the weight when there is no gateway yet', () => {
    expect(planTraffic({ routes: [route()], weight }, { state: 'absent' })).toEqual([
      { action: 'route', routes: [route()] },
      { action: 'weigh', weight },
    ]);
  });

  it('starts a gateway even for an environment without routes', () => {
    expect(planTraffic({ routes: [], weight: null }, { state: 'absent' })).toEqual([
      { action: 'route', routes: [] },
    ]);
  });

  it('is empty when all is so, in whatever order the instances are named', () => {
    const turned = route({ stable: target('1', '127.0.0.1:2', '127.0.0.1:1') });
    expect(planTraffic({ routes: [turned], weight }, present({ weight: inForce() }))).toEqual([]);
  });

  it.each([
    ['an instance more', { stable: target('1', '127.0.0.1:1') }],
    ['another port', { port: 9090 }],
    ['another drain time', { drainMs: 1 }],
    ['a probe', { probe: { path: '/', perSecond: 1 } }],
    ['a candidate', { candidate: target('2') }],
  ])('sets the routes for %s', (_name, change) => {
    const routes = [route(change)];
    expect(planTraffic({ routes, weight: null }, present({}))).toEqual([{ action: 'route', routes }]);
  });

  it('opens again what does not listen', () => {
    const routes = [route()];
    expect(planTraffic({ routes, weight: null }, present({ routes: [standing(route(), 0)] }))).toHaveLength(
      1,
    );
  });

  it('leaves an expired weight alone: only a newer generation may expose again', () => {
    const expired = inForce({ effectivePercent: 0, lease: { state: 'expired' } });
    expect(planTraffic({ routes: [route()], weight }, present({ weight: expired }))).toEqual([]);
  });

  it('does not ask again for what was taken back', () => {
    const latch = [{ rollout, generation: 2, reason: 'errors' }];
    expect(planTraffic({ routes: [route()], weight }, present({ latch }))).toEqual([]);
  });

  it('lifts the weight of an earlier rollout before a candidate could come under it', () => {
    const routes = [route({ candidate: target('3') })];
    const plan = planTraffic(
      { routes, weight: null },
      present({ weight: inForce({ effectivePercent: 100 }) }),
    );
    expect(plan).toEqual([
      { action: 'route', routes: [route()] },
      { action: 'route', routes },
    ]);
  });
});
