import type { ServiceName } from '../../domain/ids.ts';
import type { CandidateHealth } from '../../domain/rollout/sample.ts';

interface Happened {
  readonly exits: number;
  readonly failedProbes: number;
}

const nothing: Happened = { exits: 0, failedProbes: 0 };

/** How the instances of the new version are: one of each service, well unless something is done to it. */
export class CandidateHealths {
  readonly #happened = new Map<ServiceName, Happened>();
  readonly #unhealthy = new Set<ServiceName>();

  /** It ended by itself, and was started again. */
  crash(service: ServiceName): void {
    const { exits, failedProbes } = this.#happened.get(service) ?? nothing;
    this.#happened.set(service, { exits: exits + 1, failedProbes });
  }

  /** It failed its health check twice in a row, and fails it until it is well. */
  sicken(service: ServiceName): void {
    const { exits, failedProbes } = this.#happened.get(service) ?? nothing;
    this.#happened.set(service, { exits, failedProbes: failedProbes + 1 });
    this.#unhealthy.add(service);
  }

  recover(service: ServiceName): void {
    this.#unhealthy.delete(service);
  }

  /** How it is, and what happened to it since this was asked last. */
  read(service: ServiceName): CandidateHealth {
    const happened = this.#happened.get(service) ?? nothing;
    this.#happened.delete(service);
    return { wanted: 1, healthy: this.#unhealthy.has(service) ? 0 : 1, refused: 0, ...happened };
  }
}
