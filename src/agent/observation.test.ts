import { describe, expect, it } from 'vitest';
import type {
  Digest,
  EnvironmentId,
  EnvironmentName,
  ProjectId,
  ReleaseId,
  RolloutId,
  ServiceName,
} from '../domain/ids.ts';
import type { Variant } from '../domain/rollout/types.ts';
import type { InstanceState } from '../ports/runtime.ts';
import type { Facts } from './decide.ts';
import { agentLimits } from '../protocol/agent-limits.ts';
import { observationOf } from './observation.ts';

const service = 'web' as ServiceName;
const stable: Variant = { release: 'r' as ReleaseId, version: '1.0.0', artifact: 'a' as Digest };
const address = '127.0.0.1:20000';

function served(state: InstanceState): Facts {
  return {
    desired: {
      project: 'p' as ProjectId,
      environment: 'e' as EnvironmentId,
      name: 'prod' as EnvironmentName,
      revision: 3,
      services: [{ service, port: 0, stable, candidate: null }],
      rollout: null,
    },
    workloads: [
      {
        service,
        artifact: stable.artifact,
        instances: [{ id: 'web-1', address, pid: 1, state, exits: 0, failedProbes: 0 }],
      },
    ],
    traffic: {
      routes: [
        {
          service,
          port: 8080,
          stable: { ...stable, addresses: [address] },
          candidate: null,
          drainMs: 1000,
          probe: null,
          openConnections: { stable: 0, candidate: 0 },
        },
      ],
      weight: null,
      latch: [],
    },
    shelved: () => null,
    drained: false,
    tookBack: false,
    isFresh: true,
  };
}

const observed = (facts: Facts, revisionLookedAt: number | null, isAhead = false) =>
  observationOf({
    facts,
    isAhead,
    revisionLookedAt,
    isolation: { level: 'none', detail: '' },
    preflight: null,
    takenBack: null,
    troubles: [],
  });

describe('what an agent reports', () => {
  it('is as asked for once its healthy instances get the requests', () => {
    expect(observed(served({ phase: 'healthy' }), 3).converged).toBe(true);
  });

  it.each([2, null])('is not as asked for while it was last looked at for revision %s', (lookedAt) => {
    expect(observed(served({ phase: 'healthy' }), lookedAt).converged).toBe(false);
  });

  it('does not count an instance that was asked to end, though it may still answer', () => {
    const seen = observed(served({ phase: 'stopping' }), 3);
    expect(seen.converged).toBe(false);
    expect(seen.services[0]?.variants[0]?.healthy).toBe(0);
  });

  it('says by which word the gateway was told more than it is asked for now', () => {
    const facts = served({ phase: 'healthy' });
    const rollout = {
      id: 'r1' as RolloutId,
      generation: 4,
      task: { kind: 'weigh', percent: 50, leaseMs: 30_000 },
    };
    const weight = { rollout: rollout.id, generation: 9, percent: 50, effectivePercent: 0 };
    const seenWith = (traffic: object) =>
      observed(
        {
          ...facts,
          desired: { ...facts.desired, rollout },
          traffic: { ...facts.traffic, ...traffic },
        } as unknown as Facts,
        3,
      ).rollout;
    const lease = { state: 'expired' };
    expect(seenWith({ weight: { ...weight, lease } })).toMatchObject({ overtakenBy: 9, lease: 'none' });
    expect(seenWith({ latch: [{ rollout: rollout.id, generation: 2 }] })).toMatchObject({ overtakenBy: 4 });
    expect(seenWith({})).not.toHaveProperty('overtakenBy');
  });

  it('says what it goes on with while the control plane asks for less than it did before', () => {
    const held = observed(served({ phase: 'healthy' }), 3, true);
    expect(held.holding?.map(({ stable }) => stable?.version)).toEqual(['1.0.0']);
    expect(held.troubles.map(({ code }) => code)).toContain('control-plane-behind');
  });
});

it('tells no more troubles, and none longer, than the control plane takes: it would take nothing else, either', () => {
  const troubles = Array.from({ length: 150 }, (_, index) => ({
    code: 'disk-full',
    service: `service-${index}` as ServiceName,
    message: 'x'.repeat(20_000),
    wayOut: 'Make room.',
  }));
  const told = observationOf({
    isAhead: false,
    facts: served({ phase: 'healthy' }),
    revisionLookedAt: 3,
    isolation: { level: 'none', detail: 'none' },
    preflight: null,
    takenBack: null,
    troubles,
  });
  expect(told.troubles).toHaveLength(agentLimits.troubles);
  expect(told.troubles[0]?.message).toHaveLength(2000);
});
