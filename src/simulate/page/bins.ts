import type { ServiceName } from '../../domain/ids.ts';
import { quantileMs } from '../../domain/rollout/latency.ts';
import type { Counts } from '../../domain/rollout/sample.ts';
import type { TrafficPoint } from '../drawn-traffic.ts';
import { addCounts, noCounts } from '../world/traffic.ts';

/** What came through within one stretch of a plot. */
export interface Bin {
  readonly toMs: number;
  readonly percent: number;
  readonly services: Readonly<Record<ServiceName, { readonly candidate: Fared; readonly stable: Fared }>>;
}

/** null where there was no request. */
export interface Fared {
  readonly errorRatio: number | null;
  readonly p95Ms: number | null;
}

const mostBins = 240;
const shortestMs = 5_000;

/** Sums the points over stretches of equal length, so that a line of two hours is no thicker than one of two minutes. */
export function binsOf(points: readonly TrafficPoint[]): readonly Bin[] {
  const lastMs = points.at(-1)?.atMs ?? 0;
  const firstMs = points[0]?.atMs ?? 0;
  const lengthMs = Math.max(shortestMs, (lastMs - firstMs) / mostBins);
  const groups = Map.groupBy(points, ({ atMs }) => Math.floor((atMs - firstMs) / lengthMs));
  return [...groups.values()].map(binOf);
}

function binOf(points: readonly TrafficPoint[]): Bin {
  const last = points.at(-1);
  const names = Object.keys(last?.services ?? {}) as ServiceName[];
  const sum = (name: ServiceName, version: Version): Fared => faredOver(points, name, version);
  return {
    toMs: last?.atMs ?? 0,
    percent: last?.percent ?? 0,
    services: Object.fromEntries(
      names.map((name) => [name, { candidate: sum(name, 'candidate'), stable: sum(name, 'stable') }]),
    ) as Bin['services'],
  };
}

type Version = 'candidate' | 'stable';

/** How one version of a service fared over all of the points together. */
export const faredOver = (points: readonly TrafficPoint[], name: ServiceName, version: Version): Fared =>
  faredOf(points.map(({ services }) => services[name]?.[version] ?? noCounts).reduce(addCounts, noCounts));

const faredOf = ({ requests, errors, latency }: Counts): Fared => ({
  errorRatio: requests === 0 ? null : errors / requests,
  p95Ms: quantileMs(latency, 0.95),
});
