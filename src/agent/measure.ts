import type { Digest, Instant, RolloutId, ServiceName } from '../domain/ids.ts';
import type { CandidateHealth, Counts, Sample, ServiceSample } from '../domain/rollout/sample.ts';
import type { Workload } from '../ports/runtime.ts';
import type { RawCounters, RawCounts } from '../ports/traffic.ts';
import { instancesOf } from './decide.ts';

/** What is read at one moment; a sample is what happened between two of them. */
export interface Reading {
  readonly monotonicMs: number;
  /** null: the gateway could not be asked. */
  readonly counters: RawCounters | null;
  readonly workloads: readonly Workload[];
}

/** How often candidates ended or failed their health check, since they were first started. */
export type HealthTotals = Readonly<
  Record<ServiceName, { readonly exits: number; readonly failedProbes: number }>
>;

export interface MeasuredService {
  readonly service: ServiceName;
  readonly candidate: Digest;
  readonly stable: Digest | null;
  readonly wanted: number;
}

export interface SampleParts {
  readonly rollout: RolloutId;
  readonly generation: number;
  readonly number: number;
  readonly at: Instant;
  readonly services: readonly MeasuredService[];
  readonly before: Reading;
  readonly after: Reading;
  readonly totalsBefore: HealthTotals;
}

export function sampleBetween(parts: SampleParts): Sample {
  const { rollout, generation, number, at, before, after } = parts;
  return {
    rollout,
    generation,
    number,
    at,
    durationMs: Math.max(0.001, after.monotonicMs - before.monotonicMs),
    // While the weight changed, only the smaller share is sure.
    trafficPercent: Math.min(before.counters?.effectivePercent ?? 0, after.counters?.effectivePercent ?? 0),
    services: Object.fromEntries(parts.services.map((one) => [one.service, serviceSample(one, parts)])),
  };
}

function serviceSample(
  measured: MeasuredService,
  { before, after, totalsBefore }: SampleParts,
): ServiceSample {
  const { service, candidate, stable } = measured;
  const between = (artifact: Digest | null): Delta | null =>
    artifact === null ? null : delta(before.counters, after.counters, service, artifact);
  const ofCandidate = between(candidate);
  const instances = instancesOf(after.workloads, service, candidate);
  const totals = totalsOf(after.workloads, service, candidate);
  const earlier = totalsBefore[service] ?? totals;
  const health: CandidateHealth = {
    wanted: measured.wanted,
    healthy: instances.filter(({ state }) => state.phase === 'healthy').length,
    exits: Math.max(0, totals.exits - earlier.exits),
    refused: ofCandidate?.refused ?? 0,
    failedProbes: Math.max(0, totals.failedProbes - earlier.failedProbes),
  };
  return { candidate: ofCandidate?.counts ?? null, stable: between(stable)?.counts ?? null, health };
}

export function healthTotals(
  workloads: readonly Workload[],
  services: readonly MeasuredService[],
): HealthTotals {
  return Object.fromEntries(
    services.map(({ service, candidate }) => [service, totalsOf(workloads, service, candidate)]),
  );
}

function totalsOf(workloads: readonly Workload[], service: ServiceName, artifact: Digest) {
  const instances = instancesOf(workloads, service, artifact);
  return {
    exits: instances.reduce((sum, one) => sum + one.exits, 0),
    failedProbes: instances.reduce((sum, one) => sum + one.failedProbes, 0),
  };
}

interface Delta {
  readonly counts: Counts;
  readonly refused: number;
}

const nothing: RawCounts = { requests: 0, errors: 0, refused: 0, probes: 0, latency: {} };

/** null where it cannot be known: nobody answered, or the counters began anew in between. */
function delta(
  before: RawCounters | null,
  after: RawCounters | null,
  service: ServiceName,
  artifact: Digest,
): Delta | null {
  if (before === null || after === null || before.epoch !== after.epoch) return null;
  const from = before.services[service]?.variants[artifact] ?? nothing;
  const to = after.services[service]?.variants[artifact] ?? nothing;
  if (to.requests < from.requests || to.errors < from.errors) return null;
  const latency = Object.entries(to.latency).flatMap(([bucket, count]) => {
    const grown = count - (from.latency[Number(bucket)] ?? 0);
    return grown > 0 ? [[bucket, grown] as const] : [];
  });
  return {
    counts: {
      requests: to.requests - from.requests,
      errors: to.errors - from.errors,
      probes: Math.max(0, to.probes - from.probes),
      latency: Object.fromEntries(latency),
    },
    refused: Math.max(0, to.refused - from.refused),
  };
}
