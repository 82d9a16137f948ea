import type { Digest, ReleaseId, RolloutId, ServiceName } from './ids.ts';

/** Where the requests of one service go. */
export interface RouteSpec {
  readonly service: ServiceName;
  /** Port on the host; 0 takes a free one, and `TrafficState.port` says which. */
  readonly port: number;
  readonly stable: Target | null;
  readonly candidate: Target | null;
  readonly drainMs: number;
  /** Requests of our own, marked as probes. */
  readonly probe: { readonly path: string; readonly perSecond: number } | null;
}

export interface Target {
  readonly release: ReleaseId;
  readonly version: string;
  readonly artifact: Digest;
  /** `127.0.0.1:port` of each healthy instance. May be empty. */
  readonly addresses: readonly string[];
}

/** The weight of a rollout, over all services of it. A generation that is not newer than the last is refused. */
export interface WeightSpec {
  readonly rollout: RolloutId;
  readonly generation: number;
  /** Share of requests for the candidate, 0 to 100. */
  readonly percent: number;
  /** null: for good, nobody has to renew. Else all goes back to stable when nobody renews for so long. */
  readonly leaseMs: number | null;
}

export interface TrafficState {
  readonly routes: readonly RouteState[];
  readonly weight: WeightState | null;
  /** The highest generation of every rollout that was taken back here; kept in a file of its own. */
  readonly latch: readonly {
    readonly rollout: RolloutId;
    readonly generation: number;
    readonly reason: string;
  }[];
}

export interface RouteState extends Omit<RouteSpec, 'port'> {
  readonly port: number;
  readonly openConnections: { readonly stable: number; readonly candidate: number };
}

export interface WeightState {
  readonly rollout: RolloutId;
  readonly generation: number;
  /** As asked for. */
  readonly percent: number;
  /** What is in effect: 0 once the lease ran out or the generation was taken back. */
  readonly effectivePercent: number;
  readonly lease:
    | { readonly state: 'none' }
    | { readonly state: 'held'; readonly leftMs: number }
    | { readonly state: 'expired' };
}

/** Cumulative since the traffic provider started; `epoch` changes when they start again from zero. */
export interface RawCounters {
  readonly epoch: string;
  readonly monotonicMs: number;
  readonly effectivePercent: number;
  readonly services: Readonly<
    Record<ServiceName, { readonly variants: Readonly<Record<Digest, RawCounts>> }>
  >;
}

export interface RawCounts {
  readonly requests: number;
  readonly errors: number;
  readonly refused: number;
  readonly probes: number;
  readonly latency: Readonly<Record<number, number>>;
}
