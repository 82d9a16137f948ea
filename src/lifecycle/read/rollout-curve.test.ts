import { describe, expect, it } from 'vitest';
import { instant, type RolloutId, type ServiceName } from '../../domain/ids.ts';
import { bucketUpperMs } from '../../domain/rollout/latency.ts';
import type { Counts, Sample } from '../../domain/rollout/sample.ts';
import { inCanary, samples } from '../deliver/rollout.kit.ts';
import { curveOf } from './rollout-curve.ts';

const orders = 'orders' as ServiceName;
const health = { wanted: 1, healthy: 1, exits: 0, refused: 0, failedProbes: 0 };
const counts = (requests: number, errors: number, latency: Counts['latency'] = {}): Counts => ({
  requests,
  errors,
  probes: 0,
  latency,
});
const sample = (
  number: number,
  services: Readonly<Record<string, { readonly candidate: Counts | null; readonly stable: Counts | null }>>,
): Sample => ({
  rollout: 'rollout' as RolloutId,
  generation: 1,
  number,
  at: instant(number * 5_000),
  durationMs: 5_000,
  trafficPercent: number,
  services: Object.fromEntries(
    Object.entries(services).map(([name, one]) => [name, { ...one, health }]),
  ) as Sample['services'],
});

describe('the curve of a rollout', () => {
  it('has a point for each measurement: when, at which weight, and how both versions did', () => {
    const candidate = counts(20, 1, { 8: 18, 40: 2 });
    const stable = counts(200, 2, { 16: 200 });
    expect(curveOf([sample(3, { web: { candidate, stable } })])).toEqual([
      {
        at: instant(15_000),
        percent: 3,
        services: {
          web: {
            candidateErrorRatio: 0.05,
            stableErrorRatio: 0.01,
            candidateP95Ms: bucketUpperMs(40),
            stableP95Ms: bucketUpperMs(16),
          },
        },
      },
    ]);
  });

  it('shows what was not measured, and what had no request, as unknown and never as zero', () => {
    const [point] = curveOf([
      sample(1, {
        web: { candidate: null, stable: counts(0, 0) },
        orders: { candidate: null, stable: null },
      }),
    ]);
    const unknown = {
      candidateErrorRatio: null,
      stableErrorRatio: null,
      candidateP95Ms: null,
      stableP95Ms: null,
    };
    expect(point?.services).toEqual({ web: unknown, [orders]: unknown });
  });

  it('keeps every measurement of up to 300, and of more puts neighbours together, losing none', () => {
    expect(curveOf([])).toEqual([]);
    expect(curveOf(samples(inCanary, 300))).toHaveLength(300);
    expect(curveOf(samples(inCanary, 301))).toHaveLength(151);
    expect(curveOf(samples(inCanary, 601))).toHaveLength(201);
    const times = curveOf(Array.from({ length: 301 }, (_, index) => sample(index + 1, {})));
    expect([times[0]?.at, times[1]?.at, times.at(-1)?.at]).toEqual([10_000, 20_000, 301 * 5_000]);
  });

  it('counts the requests of neighbours together, leaving out what was not measured', () => {
    const one = counts(190, 0, { 8: 190 });
    const other = counts(10, 10, { 8: 4, 40: 6 });
    const all = Array.from({ length: 302 }, (_, index) =>
      sample(index + 1, {
        web: { candidate: index % 2 === 0 ? one : other, stable: index % 2 === 0 ? null : other },
      }),
    );
    expect(curveOf(all)[0]?.services).toEqual({
      web: {
        candidateErrorRatio: 0.05,
        stableErrorRatio: 1,
        candidateP95Ms: bucketUpperMs(8),
        stableP95Ms: bucketUpperMs(40),
      },
    });
  });

  it('shows a service that the samples before did not have yet', () => {
    const only = { candidate: counts(10, 1, { 8: 10 }), stable: null };
    const all = Array.from({ length: 302 }, (_, index) =>
      sample(index + 1, index % 2 === 0 ? {} : { web: only }),
    );
    expect(curveOf(all)[0]?.services).toMatchObject({ web: { candidateErrorRatio: 0.1 } });
  });
});
