import type { Dispatcher } from 'undici';
import type { ServiceName } from '../domain/ids.ts';
import type { RouteSpec } from '../domain/traffic.ts';
import { breakdownOf, reportBreakdown } from './data-path.ts';
import type { DataPath } from './data-path.ts';
import type { OpenExchange, Upstream } from './upstream.ts';

/** Requests of our own for services that get few, split by the same weight and counted as probes. */
export class Probes {
  readonly #path: DataPath;
  readonly #running = new Map<ServiceName, { readonly spec: string; readonly timer: Disposable }>();

  constructor(path: DataPath) {
    this.#path = path;
  }

  match(routes: readonly RouteSpec[]): void {
    const wanted = new Map(routes.map((route) => [route.service, route.probe]));
    for (const [service, { spec, timer }] of this.#running) {
      if (spec === JSON.stringify(wanted.get(service) ?? null)) continue;
      timer[Symbol.dispose]();
      this.#running.delete(service);
    }
    for (const [service, probe] of wanted) {
      if (probe === null || this.#running.has(service)) continue;
      const timer = this.#path.clock.every(1_000 / probe.perSecond, () => this.#send(service, probe.path));
      this.#running.set(service, { spec: JSON.stringify(probe), timer });
    }
  }

  stop(): void {
    for (const { timer } of this.#running.values()) timer[Symbol.dispose]();
    this.#running.clear();
  }

  #send(service: ServiceName, target: string): void {
    const choice = this.#path.router.choose(service);
    if (choice.to === 'nobody') {
      choice.counts.record({ status: null, latencyMs: 0, refused: false, probe: true });
    }
    if (choice.to === 'instance') new Probe(this.#path, choice.upstream).send(target);
  }
}

class Probe implements OpenExchange, Dispatcher.DispatchHandler {
  readonly #path: DataPath;
  readonly #upstream: Upstream;
  readonly #startedMs: number;
  #status = 0;
  #latencyMs = 0;

  constructor(path: DataPath, upstream: Upstream) {
    this.#path = path;
    this.#upstream = upstream;
    this.#startedMs = path.clock.monotonicMs();
  }

  send(target: string): void {
    this.#upstream.enter(this);
    const { probeWithinMs } = this.#path.limits;
    this.#upstream.pool.dispatch(
      {
        path: target,
        method: 'GET',
        headers: ['rung-probe', '1', 'user-agent', 'rung-gateway', 'x-forwarded-proto', 'http'],
        headersTimeout: probeWithinMs,
        bodyTimeout: probeWithinMs,
      },
      this,
    );
  }

  leave(): void {}
  cut(): void {}
  settle(): void {}

  onRequestStart(): void {}

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200) return;
    this.#status = status;
    this.#latencyMs = this.#path.clock.monotonicMs() - this.#startedMs;
  }

  /** Read to its end and thrown away. */
  onResponseData(): void {}

  onResponseEnd(): void {
    this.#upstream.counts.record({
      status: this.#status,
      latencyMs: this.#latencyMs,
      refused: false,
      probe: true,
    });
    this.#upstream.exit(this);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const latencyMs = this.#path.clock.monotonicMs() - this.#startedMs;
    reportBreakdown(this.#path, this.#upstream, breakdownOf(error), latencyMs, true);
    this.#upstream.exit(this);
  }
}
