import { randomInt } from 'node:crypto';
import { Failure } from '../domain/failure.ts';
import type { Digest, ServiceName } from '../domain/ids.ts';
import type { RouteSpec, RouteState, Target } from '../domain/traffic.ts';
import type { Clock } from '../engine/clock.ts';
import type { Counters, VariantCounts } from './counters.ts';
import type { Deadlines } from './deadlines.ts';
import type { Limits } from './limits.ts';
import { Upstream } from './upstream.ts';
import type { Candidates } from './weight.ts';

/** Where one request goes. */
export type Choice =
  | { readonly to: 'instance'; readonly upstream: Upstream }
  /** A version, but no instance of it: its error. */
  | { readonly to: 'nobody'; readonly counts: VariantCounts }
  | { readonly to: 'nowhere' };

interface Variant {
  readonly target: Target;
  readonly counts: VariantCounts;
  readonly upstreams: readonly Upstream[];
}

interface Route {
  readonly spec: RouteSpec;
  readonly stable: Variant | null;
  readonly candidate: Variant | null;
}

const partsPerPercent = 10_000;

/** Which versions there are of which service, at which instances, and which of them a request gets. */
export class Router {
  readonly #clock: Clock;
  readonly #timing: { readonly deadlines: Deadlines; readonly limits: Limits };
  readonly #counters: Counters;
  readonly #percent: () => number;
  readonly #onDrained: (service: ServiceName, artifact: Digest) => void;
  readonly #upstreams = new Map<string, Upstream>();
  #routes = new Map<ServiceName, Route>();
  /** Also of services that have no route any more: what is open there gets its time, too. */
  readonly #drainMsOf = new Map<ServiceName, number>();

  constructor(options: {
    readonly clock: Clock;
    readonly deadlines: Deadlines;
    readonly limits: Limits;
    readonly counters: Counters;
    /** Share of the candidates at this moment. */
    readonly percent: () => number;
    readonly onDrained: (service: ServiceName, artifact: Digest) => void;
  }) {
    this.#clock = options.clock;
    this.#timing = options;
    this.#counters = options.counters;
    this.#percent = options.percent;
    this.#onDrained = options.onDrained;
  }

  get specs(): readonly RouteSpec[] {
    return [...this.#routes.values()].map((route) => route.spec);
  }

  candidates(): Candidates {
    return candidatesOf(this.specs);
  }

  /** Replaces all routes at once. `review` has to follow, once the weight is settled, too. */
  set(specs: readonly RouteSpec[]): void {
    for (const { service, drainMs } of specs) this.#drainMsOf.set(service, drainMs);
    this.#routes = new Map(
      specs.map((spec) => [
        spec.service,
        { spec, stable: this.#variant(spec, spec.stable), candidate: this.#variant(spec, spec.candidate) },
      ]),
    );
  }

  choose(service: ServiceName): Choice {
    const route = this.#routes.get(service);
    if (route === undefined) return { to: 'nowhere' };
    const variant = this.#isForCandidate(route) ? route.candidate : route.stable;
    if (variant === null) return { to: 'nowhere' };
    const { upstreams, counts } = variant;
    const upstream = upstreams.length > 1 ? upstreams[randomInt(upstreams.length)] : upstreams[0];
    return upstream === undefined ? { to: 'nobody', counts } : { to: 'instance', upstream };
  }

  /** Starts to drain what gets no requests any more, and lets stay what does. */
  review(): void {
    const percent = this.#percent();
    const served = new Map<Upstream, number>();
    for (const { stable, candidate } of this.#routes.values()) {
      const share = candidate === null ? 0 : percent;
      for (const upstream of stable?.upstreams ?? []) served.set(upstream, 100 - share);
      for (const upstream of candidate?.upstreams ?? []) {
        served.set(upstream, (served.get(upstream) ?? 0) + share);
      }
    }
    for (const upstream of this.#upstreams.values()) {
      if ((served.get(upstream) ?? 0) > 0) upstream.stay();
      else upstream.drain(this.#drainMs(upstream.service), this.#clock);
    }
    this.#forgetIdle();
  }

  states(ports: (service: ServiceName) => number): readonly RouteState[] {
    return this.specs.map((spec) => ({
      ...spec,
      port: ports(spec.service),
      openConnections: {
        stable: this.#openOf(spec.service, spec.stable),
        candidate: this.#openOf(spec.service, spec.candidate),
      },
    }));
  }

  /** Versions that are in no route any more and still have something open. */
  leaving(): readonly { readonly service: ServiceName; readonly target: Target; readonly open: number }[] {
    const groups = new Map<string, { service: ServiceName; target: Target; open: number }>();
    for (const { service, target, open } of this.#upstreams.values()) {
      if (open.size === 0 || this.#isRouted(service, target.artifact)) continue;
      const key = `${service} ${target.artifact}`;
      const group = groups.get(key) ?? { service, target, open: 0 };
      group.open += open.size;
      groups.set(key, group);
    }
    return [...groups.values()];
  }

  get openConnections(): number {
    return [...this.#upstreams.values()].reduce((sum, upstream) => sum + upstream.open.size, 0);
  }

  settle(): void {
    for (const { open } of this.#upstreams.values()) for (const exchange of open) exchange.settle();
  }

  /** Starts to drain everything; `onDrained` is called as versions become idle. */
  drainAll(): void {
    for (const upstream of this.#upstreams.values())
      upstream.drain(this.#drainMs(upstream.service), this.#clock);
  }

  get longestDrainMs(): number {
    return Math.max(0, ...this.specs.map((spec) => spec.drainMs));
  }

  close(): void {
    for (const upstream of this.#upstreams.values()) {
      upstream.cut();
      upstream.close();
    }
    this.#upstreams.clear();
  }

  #isForCandidate(route: Route): boolean {
    if (route.candidate === null) return false;
    const percent = this.#percent();
    if (percent <= 0) return false;
    return percent >= 100 || randomInt(100 * partsPerPercent) < percent * partsPerPercent;
  }

  #variant(spec: RouteSpec, target: Target | null): Variant | null {
    if (target === null) return null;
    const counts = this.#counters.of(spec.service, target.artifact);
    const upstreams = [...new Set(target.addresses)].map((address) =>
      this.#upstream(spec.service, target, address, counts),
    );
    return { target, counts, upstreams };
  }

  #upstream(service: ServiceName, target: Target, address: string, counts: VariantCounts): Upstream {
    const key = keyOf(service, target.artifact, address);
    const known = this.#upstreams.get(key);
    if (known !== undefined) return known;
    const made = new Upstream(service, target, address, counts, this.#timing, () => this.#idle(made));
    this.#upstreams.set(key, made);
    return made;
  }

  #idle(upstream: Upstream): void {
    this.#forgetIdle();
    const { service, target } = upstream;
    if (this.#openOf(service, target) === 0) this.#onDrained(service, target.artifact);
  }

  #forgetIdle(): void {
    for (const [key, upstream] of this.#upstreams) {
      if (upstream.open.size > 0 || this.#isInstance(upstream)) continue;
      this.#upstreams.delete(key);
      upstream.close();
    }
  }

  #isInstance({ service, target, address }: Upstream): boolean {
    const spec = this.#routes.get(service)?.spec;
    return [spec?.stable, spec?.candidate].some(
      (known) => known?.artifact === target.artifact && known.addresses.includes(address),
    );
  }

  #isRouted(service: ServiceName, artifact: Digest): boolean {
    const spec = this.#routes.get(service)?.spec;
    return spec?.stable?.artifact === artifact || spec?.candidate?.artifact === artifact;
  }

  #openOf(service: ServiceName, target: Target | null): number {
    if (target === null) return 0;
    let open = 0;
    for (const upstream of this.#upstreams.values()) {
      if (upstream.service === service && upstream.target.artifact === target.artifact)
        open += upstream.open.size;
    }
    return open;
  }

  #drainMs(service: ServiceName): number {
    return this.#drainMsOf.get(service) ?? 0;
  }
}

export function candidatesOf(specs: readonly RouteSpec[]): Candidates {
  const candidates: Record<ServiceName, Digest> = {};
  for (const { service, candidate } of specs)
    if (candidate !== null) candidates[service] = candidate.artifact;
  return candidates;
}

/** @throws Failure invalid `route-repeated` */
export function refuseRepeated(specs: readonly RouteSpec[]): void {
  const seen = new Set<ServiceName>();
  for (const { service } of specs) {
    if (seen.has(service)) {
      throw new Failure('invalid', 'route-repeated', `There are two routes for the service ${service}.`, {
        wayOut: 'Send one route for each service.',
      });
    }
    seen.add(service);
  }
}

const keyOf = (service: ServiceName, artifact: Digest, address: string): string =>
  `${service} ${artifact} ${address}`;
