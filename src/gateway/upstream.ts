import type { ServiceName } from '../domain/ids.ts';
import type { Target } from '../domain/traffic.ts';
import type { Clock } from '../engine/clock.ts';
import type { VariantCounts } from './counters.ts';
import type { Deadlines } from './deadlines.ts';
import { InstancePool } from './instance-pool.ts';
import type { Limits } from './limits.ts';
import { OpenExchanges } from './open-exchanges.ts';
import type { OpenExchange } from './open-exchanges.ts';

/** One instance of one version of one service, with the connections to it. */
export class Upstream {
  readonly service: ServiceName;
  readonly target: Target;
  readonly address: string;
  readonly counts: VariantCounts;
  readonly pool: InstancePool;
  readonly open = new OpenExchanges();
  readonly #onIdle: () => void;
  #leaving: Disposable | null = null;
  #isLeft = false;

  constructor(
    service: ServiceName,
    target: Target,
    address: string,
    counts: VariantCounts,
    timing: { readonly deadlines: Deadlines; readonly limits: Limits },
    onIdle: () => void,
  ) {
    this.service = service;
    this.target = target;
    this.address = address;
    this.counts = counts;
    this.#onIdle = onIdle;
    this.pool = new InstancePool(address, timing.deadlines, timing.limits);
  }

  /** The time to drain is over: what would never end, and only begins now, is to leave at once. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  enter(exchange: OpenExchange): void {
    this.open.add(exchange);
  }

  exit(exchange: OpenExchange): void {
    const gone = this.open.delete(exchange);
    if (gone && this.#leaving !== null && this.open.size === 0) this.#onIdle();
  }

  /** No new requests come: after `drainMs`, what would never end is asked to leave. */
  drain(drainMs: number, clock: Clock): void {
    this.#leaving ??= clock.after(drainMs, () => {
      this.#isLeft = true;
      for (const exchange of this.open) exchange.leave();
    });
  }

  stay(): void {
    this.#leaving?.[Symbol.dispose]();
    this.#leaving = null;
    this.#isLeft = false;
  }

  cut(): void {
    for (const exchange of this.open) exchange.cut();
  }

  close(): void {
    this.stay();
    this.pool.destroy();
  }
}
