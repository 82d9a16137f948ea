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
  readonly #ahead = new Set<EnvironmentId>();

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

  /** Whether the control plane asked for less than it had asked for before, so that this agent holds on to what it has. */
  isAhead(environment: EnvironmentId): boolean {
    return this.#ahead.has(environment);
  }

  /** Known when this is called; in the cache when it resolves. */
  async take(response: PollResponse): Promise<void> {
    const before = this.#environments;
    if (response.full) this.#environments = new Map();
    for (const told of response.environments) {
      const held = before.get(told.environment);
      const isAhead = held !== undefined && knowsMore(held, told);
      if (isAhead) this.#ahead.add(told.environment);
      else this.#ahead.delete(told.environment);
      this.#environments.set(told.environment, isAhead ? held : told);
    }
    this.#cursor = response.cursor;
    await this.#cache.write({ cursor: this.#cursor, environments: this.environments() });
  }
}

/**
 * Revisions only rise. A control plane that was set back, or a copy of an older one, would bring back what was taken
 * back since; one that was restored says so, and its own words count from the backup's revision on.
 */
const knowsMore = (held: DesiredEnvironment, told: DesiredEnvironment): boolean =>
  told.revision < held.revision ||
  (told.restoredFrom !== undefined && !isOfOneRestore(held, told) && held.revision > told.restoredFrom);

const isOfOneRestore = (held: DesiredEnvironment, told: DesiredEnvironment): boolean =>
  held.restoredFrom === told.restoredFrom && held.restoredAt === told.restoredAt;
