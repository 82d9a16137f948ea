import { describe, expect, it } from 'vitest';
import { type Digest, type RolloutId, type ServiceName, instant } from '../domain/ids.ts';
import type { RawCounters, RawCounts } from '../ports/traffic.ts';
import { type Reading, sampleBetween } from './measure.ts';

const web = 'web' as ServiceName;
const candidate = 'sha256:c' as Digest;
const stable = 'sha256:s' as Digest;

const counts = (requests: number, errors = 0, latency: Record<number, number> = {}): RawCounts => ({
  requests,
  errors,
  refused: 0,
  probes: 0,
  latency,
});

function reading(
  monotonicMs: number,
  variants: Record<string, RawCounts>,
  more: Partial<RawCounters> = {},
): Reading {
  const counters: RawCounters = {
    epoch: 'one',
    monotonicMs,
    effectivePercent: 10,
    services: { [web]: { variants } },
    ...more,
  };
  return { monotonicMs, counters, workloads: [] };
}

const sample = (before: Reading, after: Reading) =>
  sampleBetween({
    rollout: 'r' as RolloutId,
    generation: 1,
    number: 1,
    at: instant(0),
    services: [{ service: web, candidate, stable, wanted: 1 }],
    before,
    after,
    totalsBefore: {},
  });

describe('a sample', () => {
  it('is what happened between two readings, on the monotonic clock', () => {
    const before = reading(1000, { [candidate]: counts(10, 1, { 3: 9, 4: 1 }), [stable]: counts(90) });
    const after = reading(1250, { [candidate]: counts(14, 3, { 3: 9, 4: 2, 5: 3 }), [stable]: counts(130) });
    expect(sample(before, after)).toMatchObject({
      durationMs: 250,
      services: {
        web: {
          candidate: { requests: 4, errors: 2, latency: { 4: 1, 5: 3 } },
          stable: { requests: 40, errors: 0 },
        },
      },
    });
  });

  it('is unknown, and never zero, when the gateway began anew or could not be asked', () => {
    const before = reading(0, { [candidate]: counts(10) });
    const anew = reading(100, { [candidate]: counts(12) }, { epoch: 'two' });
    const back = reading(100, { [candidate]: counts(2) });
    const silent: Reading = { monotonicMs: 100, counters: null, workloads: [] };
    for (const after of [anew, back, silent])
      expect(sample(before, after).services[web]?.candidate).toBeNull();
    expect(sample(silent, before).services[web]?.candidate).toBeNull();
  });

  it('counts nothing for a version that has had no request yet', () => {
    const of = sample(reading(0, {}), reading(100, { [stable]: counts(5) })).services[web];
    expect([of?.candidate?.requests, of?.stable?.requests]).toEqual([0, 5]);
  });

  it('takes only the smaller share for sure while the weight changed', () => {
    const before = reading(0, {}, { effectivePercent: 100 });
    expect(sample(before, reading(100, {}, { effectivePercent: 0 })).trafficPercent).toBe(0);
  });
});
