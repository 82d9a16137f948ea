import { Failure } from '../../../../src/domain/failure.ts';
import type { Digest, ServiceName } from '../../../../src/domain/ids.ts';
import type { RouteSpec, TrafficState } from '../../../../src/domain/traffic.ts';
import { clockOver } from '../../../../src/engine/virtual-clock.ts';
import { emptyBook, restore, type WeightBook } from '../../../../src/gateway/weight.ts';
import { WeightKeeper } from '../../../../src/gateway/weight-keeper.ts';
import type { Traffic, TrafficChange } from '../../../../src/ports/traffic.ts';
import { planTraffic } from '../../../../src/providers/gateway/plan.ts';
import type { Host } from '../machine/host.ts';
import type { Scope } from '../machine/scope.ts';
import type { Artifacts } from './artifact.ts';
import { Counted } from './counted.ts';

const requestsPerSecond = 40;

export interface GatewayParts {
  readonly host: Host;
  readonly artifacts: Artifacts;
  /** Called whenever what the gateway does may have changed. */
  readonly onChange: () => void;
}

/**
 * The gateway of one environment, with the product's own book of weights. It outlives its agent, and comes back from its
 * files when it is killed.
 */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #listeners = new Set<() => void>();
  #routes: readonly RouteSpec[] = [];
  #keeper: WeightKeeper;
  #epoch = 0;
  #counted = new Counted();
  #countedMs = 0;
  #isUp = false;
  #leasedMs = Number.NEGATIVE_INFINITY;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    this.#keeper = this.#keeperOf(emptyBook);
  }

  get book(): WeightBook {
    return this.#keeper.book;
  }

  get routes(): readonly RouteSpec[] {
    return this.#routes;
  }

  /** When an agent last set or renewed the weight, on the host's clock. */
  get leasedMs(): number {
    return this.#leasedMs;
  }

  get effectivePercent(): number {
    return this.#isUp ? this.#keeper.effectivePercent : 0;
  }

  /** Killed; its keeper starts it again over the same files. */
  restart(isSameBoot: boolean): void {
    if (!this.#isUp) return;
    this.#count();
    const { book } = this.#keeper;
    this.#keeper.stop();
    this.#isUp = false;
    this.#changed();
    this.#parts.host.after(200, () => {
      if (!this.#isUp) this.#open(restore(book, isSameBoot, this.#parts.host.monotonicMs()));
    });
  }

  /** As one agent has it. */
  traffic(scope: Scope): Traffic {
    return {
      observe: () =>
        scope.step('traffic seen', () =>
          this.#isUp ? ({ state: 'present', value: this.#state() } as const) : ({ state: 'absent' } as const),
        ),
      plan: planTraffic,
      apply: (change) => this.#apply(scope, change),
      renew: (rollout, generation, leaseMs) =>
        scope.step('lease renewed', () => {
          this.#mustBeUp();
          this.#keeper.renew(rollout, generation, leaseMs);
          this.#leasedMs = this.#parts.host.monotonicMs();
        }),
      takeBack: (rollout, generation, reason) =>
        scope.step('taken back', () => {
          this.#mustBeUp();
          this.#count();
          this.#keeper.takeBack(rollout, generation, reason);
          this.#changed();
        }),
      counters: () =>
        scope.step('counters read', () => {
          this.#mustBeUp();
          this.#count();
          return {
            epoch: `epoch ${this.#epoch}`,
            monotonicMs: this.#parts.host.monotonicMs(),
            effectivePercent: this.effectivePercent,
            services: this.#counted.read(),
          };
        }),
      remove: async () => ({ done: true }),
      onChange: (call) => {
        const told = (): void => scope.deliver(call);
        this.#listeners.add(told);
        const ending = scope.onEnd(() => this.#listeners.delete(told));
        return {
          [Symbol.dispose]: () => {
            ending[Symbol.dispose]();
            this.#listeners.delete(told);
          },
        };
      },
    };
  }

  #apply(scope: Scope, change: TrafficChange): Promise<{ readonly done: true }> {
    if (change.action === 'weigh')
      return scope.step('weight set', () => {
        this.#mustBeUp();
        this.#count();
        this.#keeper.weigh(change.weight, this.#candidates());
        this.#leasedMs = this.#parts.host.monotonicMs();
        this.#changed();
        return { done: true } as const;
      });
    return scope.step('routes set', () => {
      if (!this.#isUp) this.#open(this.#keeper.book);
      this.#count();
      this.#routes = change.routes;
      this.#keeper.cover(this.#candidates());
      this.#changed();
      return { done: true } as const;
    });
  }

  #open(book: WeightBook): void {
    this.#keeper.stop();
    this.#isUp = true;
    this.#epoch += 1;
    this.#counted = new Counted();
    this.#countedMs = this.#parts.host.monotonicMs();
    this.#keeper = this.#keeperOf(book);
    this.#changed();
  }

  #keeperOf(book: WeightBook): WeightKeeper {
    const { host } = this.#parts;
    return new WeightKeeper(clockOver(host), book, () => this.#changed());
  }

  #state(): TrafficState {
    return {
      routes: this.#routes.map((route, index) => ({
        ...route,
        port: route.port === 0 ? 8080 + index : route.port,
        openConnections: { stable: 0, candidate: 0 },
      })),
      weight: this.#keeper.state,
      latch: this.#keeper.latch,
    };
  }

  #candidates(): Readonly<Record<ServiceName, Digest>> {
    return Object.fromEntries(
      this.#routes.flatMap(({ service, candidate }) => (candidate ? [[service, candidate.artifact]] : [])),
    );
  }

  /** What came since it was counted last. To be called before the shares change. */
  #count(): void {
    const nowMs = this.#parts.host.monotonicMs();
    const requests = ((nowMs - this.#countedMs) / 1000) * requestsPerSecond;
    this.#countedMs = nowMs;
    const share = this.effectivePercent / 100;
    for (const { service, stable, candidate } of this.#routes) {
      const toCandidate = candidate === null ? 0 : requests * share;
      if (candidate !== null) this.#add(service, candidate.artifact, toCandidate);
      if (stable !== null) this.#add(service, stable.artifact, requests - toCandidate);
    }
  }

  #add(service: ServiceName, artifact: Digest, requests: number): void {
    this.#counted.add(service, artifact, requests, this.#parts.artifacts.get(artifact)?.errors ?? 0);
  }

  #mustBeUp(): void {
    if (!this.#isUp)
      throw new Failure('unavailable', 'gateway-absent', 'No gateway runs for this environment.');
  }

  #changed(): void {
    this.#parts.onChange();
    for (const call of this.#listeners) call();
  }
}
