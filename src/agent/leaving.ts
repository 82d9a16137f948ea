import type { Workload } from '../ports/runtime.ts';
import type { TrafficState } from '../ports/traffic.ts';

/**
 * What is not wanted any more is not stopped at once: requests and WebSockets that are open get the time to end. The
 * time counts from when the gateway stopped sending requests there.
 */
export class Leaving {
  readonly #sinceMs = new Map<string, number>();
  /** Those that ever got requests, as far as this agent knows. */
  readonly #everRouted = new Set<string>();
  #routed: ReadonlySet<string> = new Set();
  readonly #seenStarting = new Set<string>();

  /** Called with every look at the world. */
  look(
    workloads: readonly Workload[],
    traffic: TrafficState | null,
    wanted: ReadonlySet<string>,
    nowMs: number,
  ): void {
    const routed = routedKeys(traffic);
    this.#routed = routed;
    for (const key of routed) this.#everRouted.add(key);
    const keys = new Set(workloads.map(workloadKey));
    for (const key of this.#sinceMs.keys()) if (!keys.has(key)) this.#forget(key);
    for (const key of keys) {
      if (wanted.has(key) || routed.has(key)) this.#sinceMs.delete(key);
      else if (!this.#sinceMs.has(key)) this.#sinceMs.set(key, nowMs);
    }
  }

  /** It was started by this agent: so it is known whether it ever got requests. */
  started(key: string): void {
    this.#seenStarting.add(key);
  }

  isRouted(key: string): boolean {
    return this.#routed.has(key);
  }

  mayStop(key: string, drainMs: number, nowMs: number): boolean {
    const sinceMs = this.#sinceMs.get(key);
    if (sinceMs === undefined) return false;
    const isUntouched = this.#seenStarting.has(key) && !this.#everRouted.has(key);
    return isUntouched || nowMs - sinceMs >= drainMs;
  }

  /** When the next of them may be stopped; null when none leaves. */
  nextMs(drainMs: number): number | null {
    const times = [...this.#sinceMs.values()];
    return times.length === 0 ? null : Math.min(...times) + drainMs;
  }

  #forget(key: string): void {
    this.#sinceMs.delete(key);
    this.#everRouted.delete(key);
    this.#seenStarting.delete(key);
  }
}

export const workloadKey = ({ service, artifact }: Pick<Workload, 'service' | 'artifact'>): string =>
  `${service} ${artifact}`;

function routedKeys(traffic: TrafficState | null): Set<string> {
  const keys = traffic?.routes.flatMap(({ service, stable, candidate }) =>
    [stable, candidate].flatMap((target) =>
      target ? [workloadKey({ service, artifact: target.artifact })] : [],
    ),
  );
  return new Set(keys);
}
