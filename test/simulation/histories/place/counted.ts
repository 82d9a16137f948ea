import type { Digest, ServiceName } from '../../../../src/domain/ids.ts';
import type { RawCounters, RawCounts } from '../../../../src/domain/traffic.ts';

interface Count {
  requests: number;
  errors: number;
}

/** What a gateway counted since it started. Requests come in fractions, so that the same time makes the same count. */
export class Counted {
  readonly #counts = new Map<ServiceName, Map<Digest, Count>>();

  add(service: ServiceName, artifact: Digest, requests: number, errors: number): void {
    const variants = this.#counts.get(service) ?? new Map<Digest, Count>();
    this.#counts.set(service, variants);
    const count = variants.get(artifact) ?? { requests: 0, errors: 0 };
    variants.set(artifact, count);
    count.requests += requests;
    count.errors += requests * errors;
  }

  read(): RawCounters['services'] {
    return Object.fromEntries(
      [...this.#counts].map(([service, variants]) => [
        service,
        { variants: Object.fromEntries([...variants].map(([artifact, one]) => [artifact, whole(one)])) },
      ]),
    );
  }
}

/** Of the buckets of latency; which one does not matter, all are the same. */
const bucket = 40;

function whole({ requests, errors }: Count): RawCounts {
  const counted = Math.floor(requests);
  return {
    requests: counted,
    errors: Math.min(counted, Math.floor(errors)),
    refused: 0,
    probes: 0,
    latency: counted === 0 ? {} : { [bucket]: counted },
  };
}
