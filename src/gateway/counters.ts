import type { Digest, ServiceName } from '../domain/ids.ts';
import { bucketOf, lastBucket } from '../domain/rollout/latency.ts';
import type { RawCounts } from '../domain/traffic.ts';

/** How one request ended, as its version's doing. */
export interface Outcome {
  /** null: no answer. */
  readonly status: number | null;
  readonly latencyMs: number;
  readonly refused: boolean;
  readonly probe: boolean;
}

/** What one version of one service did since the gateway started. */
export class VariantCounts {
  #requests = 0;
  #errors = 0;
  #refused = 0;
  #probes = 0;
  /** Clients that went away before their answer: no evidence for or against a version. */
  abandoned = 0;
  readonly #latency = new Float64Array(lastBucket + 1);

  record(outcome: Outcome): void {
    this.#requests += 1;
    if (outcome.status === null || outcome.status >= 500) this.#errors += 1;
    if (outcome.refused) this.#refused += 1;
    if (outcome.probe) this.#probes += 1;
    const bucket = bucketOf(outcome.latencyMs);
    this.#latency[bucket] = (this.#latency[bucket] ?? 0) + 1;
  }

  read(): RawCounts {
    const latency: Record<number, number> = {};
    for (const [bucket, count] of this.#latency.entries()) if (count > 0) latency[bucket] = count;
    return {
      requests: this.#requests,
      errors: this.#errors,
      refused: this.#refused,
      probes: this.#probes,
      latency,
    };
  }
}

/** Kept for every version that was ever routed here, so that a figure never goes back within one epoch. */
export class Counters {
  readonly #services = new Map<ServiceName, Map<Digest, VariantCounts>>();

  of(service: ServiceName, artifact: Digest): VariantCounts {
    const variants = this.#services.get(service) ?? new Map<Digest, VariantCounts>();
    this.#services.set(service, variants);
    const counts = variants.get(artifact) ?? new VariantCounts();
    variants.set(artifact, counts);
    return counts;
  }

  *all(): Generator<readonly [ServiceName, Digest, VariantCounts]> {
    for (const [service, variants] of this.#services) {
      for (const [artifact, counts] of variants) yield [service, artifact, counts];
    }
  }

  read(): Record<ServiceName, { variants: Record<Digest, RawCounts> }> {
    const services: Record<ServiceName, { variants: Record<Digest, RawCounts> }> = {};
    for (const [service, artifact, counts] of this.all()) {
      const variants = services[service]?.variants ?? {};
      variants[artifact] = counts.read();
      services[service] = { variants };
    }
    return services;
  }
}
