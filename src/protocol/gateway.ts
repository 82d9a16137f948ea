import type { FailureKind } from '../domain/failure.ts';
import type { Digest, ReleaseId, RolloutId, ServiceName } from '../domain/ids.ts';
import type { RouteSpec, TrafficState } from '../domain/traffic.ts';

/**
 * What an agent and its gateway say to each other: HTTP with JSON bodies over `<dir>/gateway.sock`.
 *
 * `GET /state` → GatewayState · `PUT /routes` ← RoutesRequest · `PUT /weight` ← WeightSpec · `POST /renew` ←
 * RenewRequest · `POST /take-back` ← TakeBackRequest · `GET /counters` → RawCounters · `GET /metrics` → Prometheus
 * text · `GET /health` → GatewayHealth · `GET /watch` → one GatewayNotice a line, held open · `POST /shutdown`.
 * What is refused comes back as a GatewayRefusal with the HTTP status of its kind.
 */
export const gatewayProtocol = 1;

/** In every answer, so that nobody takes another program on that socket for the gateway. */
export const gatewayHeader = 'rung-gateway';

export const gatewayFiles = {
  socket: 'gateway.sock',
  state: 'gateway-state.json',
  latch: 'take-back-latch.json',
} as const;

export interface RoutesRequest {
  /** The whole list: what is not in it is gone. */
  readonly routes: readonly RouteSpec[];
}

export interface RenewRequest {
  readonly rollout: RolloutId;
  readonly generation: number;
  readonly leaseMs: number;
}

export interface TakeBackRequest {
  readonly rollout: RolloutId;
  readonly generation: number;
  readonly reason: string;
}

export interface GatewayState extends TrafficState {
  /** Versions that are in no route any more and still have requests or connections open. */
  readonly leaving: readonly {
    readonly service: ServiceName;
    readonly artifact: Digest;
    readonly release: ReleaseId;
    readonly openConnections: number;
  }[];
}

export interface GatewayHealth {
  readonly protocol: typeof gatewayProtocol;
  readonly phase: 'serving' | 'draining';
  readonly epoch: string;
  readonly pid: number;
  readonly openConnections: number;
  /** What was found wrong at start or since, in words; empty when all is well. */
  readonly troubles: readonly string[];
}

/** Something happened that an agent should look at now. */
export type GatewayNotice =
  | { readonly notice: 'hello'; readonly epoch: string }
  | { readonly notice: 'lease expired'; readonly rollout: RolloutId; readonly generation: number }
  | { readonly notice: 'connection refused'; readonly service: ServiceName; readonly artifact: Digest }
  | { readonly notice: 'state changed' }
  | { readonly notice: 'drained'; readonly service: ServiceName; readonly artifact: Digest };

export interface GatewayRefusal {
  readonly error: {
    readonly kind: FailureKind;
    readonly code: string;
    readonly message: string;
    readonly wayOut?: string;
  };
}
