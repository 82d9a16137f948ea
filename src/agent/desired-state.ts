import type { EnvironmentId } from '../domain/ids.ts';
import type { DesiredEnvironment, PollResponse } from '../protocol/messages.ts';
import type { SealedCache } from './sealed-cache.ts';

export interface CachedDesired {
  readonly cursor: string | null;
  readonly environments: readonly DesiredEnvironment[];
}

/** What the control plane last asked for, of each environment. Held on to while it is away. */
export class DesiredState {
  readonly #cache: SealedCache<CachedDesired>;
  #cursor: string | null;
  #environments: Map<EnvironmentId, DesiredEnvironment>;

  private constructor(cache: SealedCache<CachedDesired>, cached: CachedDesired | null) {
    this.#cache = cache;
    this.#cursor = cached?.cursor ?? null;
    this.#environments = new Map(cached?.environments.map((one) => [one.environment, one]));
  }

  static async load(cache: SealedCache<CachedDesired>): Promise<DesiredState> {
    return new DesiredState(cache, await cache.read());
  }

  get cursor(): string | null {
    return this.#cursor;
  }

  environments(): readonly DesiredEnvironment[] {
    return [...this.#environments.values()];
  }

  of(environment: EnvironmentId): DesiredEnvironment | null {
    return this.#environments.get(environment) ?? null;
  }

  async take(response: PollResponse): Promise<void> {
    if (response.full) this.#environments = new Map();
    for (const one of response.environments) this.#environments.set(one.environment, one);
    this.#cursor = response.cursor;
    await this.#cache.write({ cursor: this.#cursor, environments: this.environments() });
  }
}
