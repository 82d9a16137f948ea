import type { ServiceName } from '../../domain/ids.ts';
import type { Counts } from '../../domain/rollout/sample.ts';
import type { DesiredEnvironment } from '../../protocol/messages.ts';

/** What the gateway of an environment counts. It goes on counting whether anybody reads it or not. */
export interface Traffic {
  /** Counts what came since it was called last: at this share, over so long. */
  pass(road: Passed): void;
  /** What was counted since this was asked last. */
  read(): Readonly<Record<ServiceName, Counted>>;
}

export interface Passed {
  readonly desired: DesiredEnvironment;
  /** Of the new version. */
  readonly percent: number;
  readonly durationMs: number;
}

export interface Counted {
  readonly candidate: Counts;
  readonly stable: Counts;
}

export const noCounts: Counts = { requests: 0, errors: 0, probes: 0, latency: {} };

export function addCounts(left: Counts, right: Counts): Counts {
  const latency: Record<number, number> = { ...left.latency };
  for (const [bucket, count] of Object.entries(right.latency))
    latency[Number(bucket)] = (latency[Number(bucket)] ?? 0) + count;
  return {
    requests: left.requests + right.requests,
    errors: left.errors + right.errors,
    probes: left.probes + right.probes,
    latency,
  };
}

/** What has been counted and not yet read, by service. */
export class Unread {
  #counted: Record<ServiceName, Counted> = {};

  add(service: ServiceName, { candidate, stable }: Counted): void {
    const before = this.#counted[service];
    this.#counted[service] =
      before === undefined
        ? { candidate, stable }
        : { candidate: addCounts(before.candidate, candidate), stable: addCounts(before.stable, stable) };
  }

  take(): Readonly<Record<ServiceName, Counted>> {
    const counted = this.#counted;
    this.#counted = {};
    return counted;
  }
}
