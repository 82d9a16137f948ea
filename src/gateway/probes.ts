import type { ServiceName } from '../domain/ids.ts';
import type { RouteSpec } from '../domain/traffic.ts';
import { reportBreakdown } from './data-path.ts';
import type { DataPath } from './data-path.ts';
import type { AnswerHead } from './http1/answer-head.ts';
import type { Asker } from './instance-connection.ts';
import { nowhere } from './open-exchanges.ts';
import type { OpenExchange } from './open-exchanges.ts';
import type { Upstream } from './upstream.ts';

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

class Probe implements OpenExchange, Asker {
  place = nowhere;
  readonly isHead = false;
  readonly #path: DataPath;
  readonly #upstream: Upstream;
  readonly #startedMs: number;
  #impatience: Disposable | null = null;
  #status = 0;
  #latencyMs = 0;

  constructor(path: DataPath, upstream: Upstream) {
    this.#path = path;
    this.#upstream = upstream;
    this.#startedMs = path.clock.monotonicMs();
  }

  send(target: string): void {
    this.#upstream.enter(this);
    const link = this.#upstream.pool.take(this.#startedMs);
    this.#impatience = this.#path.clock.after(this.#path.limits.probeWithinMs, () => {
      link.destroy();
      this.onBreakdown('ETIMEDOUT');
    });
    const head = `GET ${target} HTTP/1.1\r\nhost: ${this.#upstream.address}\r\n${ownFields}\r\n`;
    link.ask(this, head, this.#startedMs, { isWhole: true, upgrades: false });
    link.outbox.flush();
  }

  leave(): void {}
  cut(): void {}
  settle(): void {}

  onInterim(): void {}

  onHead({ status }: AnswerHead): void {
    this.#status = status;
    this.#latencyMs = this.#path.clock.monotonicMs() - this.#startedMs;
  }

  /** Read to its end and thrown away. */
  onContent(): void {}
  onTurnEnd(): void {}
  onSwitched(): void {}

  onEnd(): void {
    this.#impatience?.[Symbol.dispose]();
    const [status, latencyMs] = [this.#status, this.#latencyMs];
    this.#upstream.counts.record({ status, latencyMs, refused: false, probe: true });
    this.#upstream.exit(this);
  }

  onBreakdown(code: string): void {
    this.#impatience?.[Symbol.dispose]();
    const latencyMs = this.#path.clock.monotonicMs() - this.#startedMs;
    reportBreakdown(this.#path, this.#upstream, code, latencyMs, true);
    this.#upstream.exit(this);
  }
}

const ownFields = 'rung-probe: 1\r\nuser-agent: rung-gateway\r\nx-forwarded-proto: http\r\n';
