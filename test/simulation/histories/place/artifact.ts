import type { Digest, ServiceName } from '../../../../src/domain/ids.ts';
import type { ServiceDescriptor } from '../../../../src/protocol/descriptor.ts';

/** How what somebody built turns out to be. */
export interface Nature {
  readonly service: ServiceName;
  readonly startsWithinMs: number;
  readonly neverHealthy: boolean;
  readonly smokeFails: boolean;
  /** Of the requests that it answers. */
  readonly errors: number;
  /** Mean time after which an instance ends by itself; null: it does not. */
  readonly crashesAfterMs: number | null;
}

/** What was ever built, by digest. */
export type Artifacts = ReadonlyMap<Digest, Nature>;

export const descriptorOf = (service: ServiceName): ServiceDescriptor => ({
  rung: 1,
  service,
  run: ['node', 'server.js'],
  health: { path: '/healthz', everyMs: 1000, timeoutMs: 1000, startWithinMs: 20_000 },
  smoke: ['node', 'smoke.js'],
  smokeTimeoutMs: 30_000,
  instances: 1,
  stopWithinMs: 5_000,
  probe: null,
});
