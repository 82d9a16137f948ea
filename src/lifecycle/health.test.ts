import { describe, expect, it } from 'vitest';
import { digestOf } from '../domain/canonical.ts';
import type { EnvironmentId, ReleaseId, ServiceName } from '../domain/ids.ts';
import type { Variant } from '../domain/rollout/types.ts';
import type { Observation } from '../protocol/messages.ts';
import { type Health, healthOf, instancesOf, servicesSeen } from './health.ts';

const [web, orders] = ['web', 'orders'] as ServiceName[] as [ServiceName, ServiceName];
const variant = (version: string): Variant => ({
  release: version as ReleaseId,
  version,
  artifact: digestOf(version),
});
const [old, newer] = [variant('1.0.0'), variant('1.1.0')];
const seen: Observation = {
  environment: 'prod' as EnvironmentId,
  revision: 1,
  converged: true,
  services: [
    { service: orders, port: 1, variants: [{ ...old, wanted: 4, healthy: 4, exits: 0, detail: null }] },
    {
      service: web,
      port: 2,
      variants: [
        { ...newer, wanted: 3, healthy: 1, exits: 0, detail: null },
        { ...old, wanted: 2, healthy: 2, exits: 0, detail: null },
      ],
    },
  ],
  rollout: null,
  isolation: { level: 'none', detail: '' },
  troubles: [],
};

describe('the instances of a service', () => {
  it.each([
    ['what serves', seen, web, old, { wanted: 2, healthy: 2 }],
    ['what serves, of another version', seen, web, newer, { wanted: 3, healthy: 1 }],
    ['a version that was not seen', seen, orders, newer, null],
    ['a service that was not seen', seen, 'mail' as ServiceName, old, null],
    ['a service that does not serve', seen, web, null, null],
    ['anything, where nothing was seen', null, web, old, null],
  ])('are those of %s', (_, observation, service, stable, counts) => {
    expect(instancesOf(observation, service, stable)).toEqual(counts);
  });

  it('are told of every service that serves: one that was not seen has none of one', () => {
    expect(servicesSeen({ stable: { [web]: newer, [orders]: newer } }, seen)).toEqual([
      { service: web, version: '1.1.0', wanted: 3, healthy: 1 },
      { service: orders, version: '1.1.0', wanted: 1, healthy: 0 },
    ]);
  });
});

describe('the health of an environment', () => {
  it.each<[Health | null, readonly (readonly [number, number])[]]>([
    [null, []],
    [
      'healthy',
      [
        [2, 2],
        [3, 1],
      ],
    ],
    [
      'degraded',
      [
        [2, 2],
        [1, 2],
      ],
    ],
    [
      'degraded',
      [
        [2, 2],
        [0, 0],
      ],
    ],
    [
      'degraded',
      [
        [0, 1],
        [1, 1],
      ],
    ],
    [
      'down',
      [
        [0, 1],
        [0, 0],
      ],
    ],
  ])('is %s with these healthy of these wanted: %j', (health, counts) => {
    const services = counts.map(([healthy, wanted]) => ({ service: web, version: '1', wanted, healthy }));
    expect(healthOf(services)).toBe(health);
  });
});
