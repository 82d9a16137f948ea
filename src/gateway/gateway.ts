import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { Failure } from '../domain/failure.ts';
import type { RolloutId } from '../domain/ids.ts';
import type { RawCounters, RouteSpec, WeightSpec } from '../domain/traffic.ts';
import type { Clock } from '../engine/clock.ts';
import { gatewayProtocol } from '../protocol/gateway.ts';
import type {
  GatewayHealth,
  GatewayNotice,
  GatewayState,
  RenewRequest,
  TakeBackRequest,
} from '../protocol/gateway.ts';
import { Counters } from './counters.ts';
import type { DataPath, UpstreamTrouble } from './data-path.ts';
import { Deadlines } from './deadlines.ts';
import { defaultLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import { Listeners } from './listeners.ts';
import type { ListenFrom } from './listeners.ts';
import { Memory } from './memory.ts';
import type { Remembered } from './memory.ts';
import { metricsText } from './metrics.ts';
import { Notices } from './notices.ts';
import { Probes } from './probes.ts';
import { refuseRepeated, Router } from './router.ts';
import { TroubleLog } from './trouble-log.ts';
import type { GatewayLog } from './trouble-log.ts';
import { WeightKeeper } from './weight-keeper.ts';

export interface GatewayOptions {
  /** Folder of its socket and its two files; made with 0700 where it is missing. */
  readonly dir: string;
  readonly clock: Clock;
  readonly log: GatewayLog;
  readonly listen: ListenFrom;
  /** See `bootId`. */
  readonly boot: string | null;
  readonly limits?: Partial<Limits>;
}

/** Opens what an earlier gateway of this folder left open, with its weight, and serves. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  await mkdir(options.dir, { recursive: true, mode: 0o700 });
  const memory = new Memory(options.dir, options.boot);
  const gateway = new Gateway(options, memory, await memory.recall(options.clock.monotonicMs()));
  await gateway.open();
  return gateway;
}

/** The data plane of one environment: takes requests, holds the weight, counts. */
export class Gateway implements DataPath {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly deadlines: Deadlines;
  readonly router: Router;
  readonly #epoch = randomUUID();
  readonly #counters = new Counters();
  readonly #log: GatewayLog;
  readonly #memory: Memory;
  readonly #listeners: Listeners;
  readonly #probes: Probes;
  readonly #notices: Notices;
  readonly #troubleLog: TroubleLog;
  readonly #troubles: string[];
  readonly #remembered: Remembered;
  readonly #weight: WeightKeeper;
  #routing: Promise<void> = Promise.resolve();
  #closing: Promise<void> | null = null;
  #onDrained: () => void = () => undefined;
  #unrouted = 0;

  constructor(options: GatewayOptions, memory: Memory, remembered: Remembered) {
    this.clock = options.clock;
    this.limits = { ...defaultLimits, ...options.limits };
    this.deadlines = new Deadlines(options.clock);
    this.#log = options.log;
    this.#memory = memory;
    this.#remembered = remembered;
    this.#weight = new WeightKeeper(this.clock, remembered.book, (...word) => this.#onExpired(...word));
    this.#troubles = [...remembered.troubles];
    this.#notices = new Notices(this.clock);
    this.#troubleLog = new TroubleLog(this.clock, this.#log);
    this.router = new Router({
      clock: this.clock,
      deadlines: this.deadlines,
      limits: this.limits,
      counters: this.#counters,
      percent: () => this.#weight.effectivePercent,
      onDrained: (service, artifact) => {
        this.#notices.tell({ notice: 'drained', service, artifact });
        this.#onDrained();
      },
    });
    this.#listeners = new Listeners(this, options.listen);
    this.#probes = new Probes(this);
  }

  async open(): Promise<void> {
    for (const trouble of this.#troubles) this.#log.error({ trouble }, 'the gateway found something damaged');
    await this.#listeners.openInherited();
    this.#route(this.#remembered.routes);
    for (const route of this.#remembered.routes) {
      // One port that is taken must not keep the other services down; the agent sets the routes again and hears of it.
      await this.#listeners.open(route).catch((thrown: unknown) => this.#note((thrown as Error).message));
    }
    this.#log.info({ epoch: this.#epoch, weight: this.#weight.state }, 'the gateway serves');
  }

  state(): GatewayState {
    return {
      routes: this.router.states((service) => this.#listeners.port(service)),
      weight: this.#weight.state,
      latch: this.#weight.latch,
      leaving: this.router.leaving().map(({ service, target, open }) => ({
        service,
        artifact: target.artifact,
        release: target.release,
        openConnections: open,
      })),
    };
  }

  /**
   * Replaces all routes at once. Resolves when every one listens and is on the disk.
   * @throws Failure conflict `listener-missing`, unavailable `port-taken`, `gateway-draining`
   */
  setRoutes(routes: readonly RouteSpec[]): Promise<void> {
    const turn = this.#routing.then(() => this.#setRoutes(routes));
    this.#routing = turn.catch(() => undefined);
    return turn;
  }

  /**
   * In force when this is called; on the disk when it resolves.
   * @throws Failure conflict, see `weigh` in weight.ts
   */
  async weigh(spec: WeightSpec): Promise<void> {
    this.#refuseDraining();
    this.#weight.weigh(spec, this.router.candidates());
    this.#log.info({ ...spec }, 'weight set');
    await this.#reweighed();
  }

  /**
   * Not waited for until it is on the disk: a restart with an older deadline is on the safe side.
   * @throws Failure conflict, see `renew` in weight.ts
   */
  renew({ rollout, generation, leaseMs }: RenewRequest): void {
    this.#refuseDraining();
    this.#weight.renew(rollout, generation, leaseMs);
    this.#keep().catch((thrown: unknown) => this.noteDefect(thrown));
  }

  /** In force when this is called; on the disk when it resolves. */
  async takeBack({ rollout, generation, reason }: TakeBackRequest): Promise<void> {
    this.#weight.takeBack(rollout, generation, reason);
    this.router.review();
    await this.#memory.keepLatch(this.#weight.latch);
    this.#notices.tell({ notice: 'state changed' });
    this.#log.warn({ rollout, generation, reason }, 'taken back: all requests go to stable');
  }

  counters(): RawCounters {
    this.router.settle();
    return {
      epoch: this.#epoch,
      monotonicMs: this.clock.monotonicMs(),
      effectivePercent: this.#weight.effectivePercent,
      services: this.#counters.read(),
    };
  }

  metrics(): string {
    this.router.settle();
    return metricsText({
      state: this.state(),
      variants: this.#counters.all(),
      unrouted: this.#unrouted,
      troubles: this.#troubles.length,
    });
  }

  health(): GatewayHealth {
    return {
      protocol: gatewayProtocol,
      phase: this.isDraining() ? 'draining' : 'serving',
      epoch: this.#epoch,
      pid: process.pid,
      openConnections: this.router.openConnections,
      troubles: this.#troubles,
    };
  }

  watch(listener: (notice: GatewayNotice) => void): Disposable {
    listener({ notice: 'hello', epoch: this.#epoch });
    return this.#notices.listen(listener);
  }

  /** Takes nothing new, lets what is open finish within the drain time, then closes. */
  shutdown(): Promise<void> {
    this.#closing ??= this.#shutdown();
    return this.#closing;
  }

  isDraining(): boolean {
    return this.#closing !== null;
  }

  onTrouble(trouble: UpstreamTrouble): void {
    this.#troubleLog.note(trouble);
    const { service, artifact } = trouble;
    if (trouble.refused) this.#notices.tell({ notice: 'connection refused', service, artifact });
  }

  onUnrouted(): void {
    this.#unrouted += 1;
  }

  /** For what was thrown where nobody waits for it. The gateway goes on and says so in its health. */
  noteDefect(thrown: unknown): void {
    this.#log.error({ err: thrown }, 'a defect in the gateway');
    this.#note(`A defect was met: ${thrown instanceof Error ? thrown.message : 'unknown'}.`);
  }

  #route(routes: readonly RouteSpec[]): void {
    this.router.set(routes);
    this.#weight.cover(this.router.candidates());
    this.router.review();
    this.#probes.match(routes);
  }

  async #setRoutes(routes: readonly RouteSpec[]): Promise<void> {
    this.#refuseDraining();
    refuseRepeated(routes);
    await this.#listeners.match(routes);
    this.#route(routes.map((route) => ({ ...route, port: this.#listeners.port(route.service) })));
    await this.#keep();
    this.#notices.tell({ notice: 'state changed' });
    this.#log.info({ services: routes.map(({ service }) => service) }, 'routes set');
  }

  async #reweighed(): Promise<void> {
    this.router.review();
    await this.#keep();
    this.#notices.tell({ notice: 'state changed' });
  }

  #onExpired(rollout: RolloutId, generation: number): void {
    this.#notices.tell({ notice: 'lease expired', rollout, generation });
    this.#log.warn({ rollout, generation }, 'nobody renewed the lease: all requests go to stable');
    this.#reweighed().catch((thrown: unknown) => this.noteDefect(thrown));
  }

  #keep(): Promise<void> {
    return this.#memory.keepState(this.router.specs, this.#weight.book);
  }

  #note(trouble: string): void {
    if (this.#troubles.length >= 100) this.#troubles.shift();
    this.#troubles.push(trouble);
  }

  #refuseDraining(): void {
    if (!this.isDraining()) return;
    throw new Failure('unavailable', 'gateway-draining', 'This gateway is closing.', {
      wayOut: 'Start another one in its place; it goes on with the same routes and weight.',
    });
  }

  async #shutdown(): Promise<void> {
    this.#log.info({ openConnections: this.router.openConnections }, 'the gateway drains');
    this.#weight.stop();
    this.#probes.stop();
    this.#listeners.stopAccepting();
    this.#notices.tell({ notice: 'state changed' });
    await this.#drained();
    this.router.close();
    this.#listeners.closeAll();
    this.deadlines[Symbol.dispose]();
    this.#notices.flush();
    await this.#memory.settled();
  }

  async #drained(): Promise<void> {
    const enough = new AbortController();
    this.#onDrained = () => {
      if (this.router.openConnections === 0) enough.abort();
    };
    this.router.drainAll();
    this.#onDrained();
    const longestMs = this.router.longestDrainMs + 2 * this.limits.closeWithinMs;
    await this.clock.sleep(longestMs, enough.signal).catch(() => undefined);
  }
}
