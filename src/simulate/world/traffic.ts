import type { RolloutId, ServiceName } from '../../domain/ids.ts';
import { bucketOf } from '../../domain/rollout/latency.ts';
import type { Counts, Sample } from '../../domain/rollout/sample.ts';
import type { DesiredEnvironment } from '../../protocol/messages.ts';

/** How the requests of one environment fare: fixed shares, so that a run can be repeated. */
export interface Traffic {
  readonly perSecond: number;
  /** Error ratio by version; 0 where none is named. */
  readonly errors?: Readonly<Record<string, number>>;
  /** Usual latency by version in milliseconds; 20 where none is named. */
  readonly latencyMs?: Readonly<Record<string, number>>;
}

/** Makes up what a gateway would have counted. What is owed of a request or an error is carried over. */
export class MadeUpTraffic {
  readonly #traffic: Traffic;
  readonly #owed = new Map<string, number>();

  constructor(traffic: Traffic) {
    this.#traffic = traffic;
  }

  sample(
    desired: DesiredEnvironment,
    of: { readonly id: RolloutId; readonly generation: number; readonly percent: number },
    made: Pick<Sample, 'number' | 'at' | 'durationMs'>,
  ): Sample {
    const services = desired.services.map(({ service, candidate, stable }) => {
      const requests = this.#whole(`${service} requests`, (this.#traffic.perSecond * made.durationMs) / 1000);
      const toCandidate = Math.round((requests * of.percent) / 100);
      const health = { wanted: 1, healthy: 1, exits: 0, refused: 0, failedProbes: 0 };
      return [
        service,
        {
          candidate: this.#counts(service, toCandidate, candidate?.version),
          stable: this.#counts(service, requests - toCandidate, stable?.version),
          health,
        },
      ] as const;
    });
    return {
      rollout: of.id,
      generation: of.generation,
      trafficPercent: of.percent,
      services: Object.fromEntries(services),
      ...made,
    };
  }

  #counts(service: ServiceName, requests: number, version = ''): Counts {
    const ratio = this.#traffic.errors?.[version] ?? 0;
    const errors = Math.min(requests, this.#whole(`${service} ${version}`, requests * ratio));
    const bucket = bucketOf(this.#traffic.latencyMs?.[version] ?? 20);
    return { requests, errors, probes: 0, latency: requests === 0 ? {} : { [bucket]: requests } };
  }

  #whole(what: string, share: number): number {
    const due = (this.#owed.get(what) ?? 0) + share;
    this.#owed.set(what, due - Math.floor(due));
    return Math.floor(due);
  }
}
