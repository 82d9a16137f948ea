import type { Digest, ServiceName } from '../domain/ids.ts';
import { bucketUpperMs, lastBucket } from '../domain/rollout/latency.ts';
import type { GatewayState } from '../protocol/gateway.ts';
import type { VariantCounts } from './counters.ts';

interface Measured {
  readonly state: GatewayState;
  readonly variants: Iterable<readonly [ServiceName, Digest, VariantCounts]>;
  readonly unrouted: number;
  readonly troubles: number;
}

/** One in eight of the buckets: at the powers of two, from 1 ms to 131 s. */
const shownEvery = 8;

/** Prometheus text (version 0.0.4) from the same counters the judge reads. */
export function metricsText({ state, variants, unrouted, troubles }: Measured): string {
  const versions = [...variants];
  const each = (name: string, help: string, value: (counts: VariantCounts) => number): string[] => [
    ...about(name, 'counter', help),
    ...versions.map(
      ([service, artifact, counts]) => `${name}${labels({ service, artifact })} ${value(counts)}`,
    ),
  ];
  return [
    ...each(
      'rung_gateway_requests_total',
      'Requests that got an answer or failed.',
      (c) => c.read().requests,
    ),
    ...each(
      'rung_gateway_errors_total',
      'Requests answered with 500 and above, or not at all.',
      (c) => c.read().errors,
    ),
    ...each('rung_gateway_refused_total', 'Connections an instance refused.', (c) => c.read().refused),
    ...each('rung_gateway_probes_total', 'Requests sent by Rung itself.', (c) => c.read().probes),
    ...each('rung_gateway_abandoned_total', 'Requests whose client went away first.', (c) => c.abandoned),
    ...histogram(versions),
    ...openConnections(state),
    ...weight(state),
    ...about('rung_gateway_unrouted_total', 'counter', 'Requests that could go to no version.'),
    `rung_gateway_unrouted_total ${unrouted}`,
    ...about('rung_gateway_troubles', 'gauge', 'Things found wrong, as named in the health.'),
    `rung_gateway_troubles ${troubles}`,
    '',
  ].join('\n');
}

function histogram(versions: readonly (readonly [ServiceName, Digest, VariantCounts])[]): string[] {
  const name = 'rung_gateway_answer_seconds';
  const lines = about(name, 'histogram', 'Time until an answer began.');
  for (const [service, artifact, counts] of versions) {
    const { latency, requests } = counts.read();
    let below = 0;
    for (let bucket = 0; bucket <= lastBucket; bucket += 1) {
      below += latency[bucket] ?? 0;
      if (bucket % shownEvery !== 0 || bucket === lastBucket) continue;
      const le = String(bucketUpperMs(bucket) / 1_000);
      lines.push(`${name}_bucket${labels({ service, artifact, le })} ${below}`);
    }
    lines.push(`${name}_bucket${labels({ service, artifact, le: '+Inf' })} ${requests}`);
    lines.push(`${name}_count${labels({ service, artifact })} ${requests}`);
    lines.push(`${name}_sum${labels({ service, artifact })} ${sumSeconds(latency)}`);
  }
  return lines;
}

/** From the buckets, so within 9 % above. */
function sumSeconds(latency: Readonly<Record<number, number>>): number {
  const sumMs = Object.entries(latency).reduce(
    (sum, [bucket, count]) => sum + bucketUpperMs(Number(bucket)) * count,
    0,
  );
  return sumMs / 1_000;
}

function openConnections({ routes }: GatewayState): string[] {
  const name = 'rung_gateway_open_connections';
  const lines = about(name, 'gauge', 'Requests, answers and tunnels under way.');
  for (const { service, openConnections } of routes) {
    for (const [role, open] of Object.entries(openConnections))
      lines.push(`${name}${labels({ service, role })} ${open}`);
  }
  return lines;
}

function weight({ weight: inForce }: GatewayState): string[] {
  return [
    ...about('rung_gateway_candidate_percent', 'gauge', 'Share of requests that candidates really get.'),
    `rung_gateway_candidate_percent ${inForce?.effectivePercent ?? 0}`,
    ...about('rung_gateway_lease_expired', 'gauge', '1 when the lease on the weight ran out.'),
    `rung_gateway_lease_expired ${inForce?.lease.state === 'expired' ? 1 : 0}`,
  ];
}

function about(name: string, type: 'counter' | 'gauge' | 'histogram', help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

/** Names and digests need no escapes: they were parsed when they came in. */
function labels(pairs: Readonly<Record<string, string>>): string {
  return `{${Object.entries(pairs)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;
}
