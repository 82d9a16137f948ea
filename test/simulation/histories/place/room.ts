import type { Digest, ServiceName } from '../../../../src/domain/ids.ts';
import type {
  Instance,
  InstanceState,
  Runtime,
  Workload,
  WorkloadSpec,
} from '../../../../src/ports/runtime.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { spanMs } from '../machine/chance.ts';
import type { Host } from '../machine/host.ts';
import type { Scope } from '../machine/scope.ts';
import type { Artifacts, Nature } from './artifact.ts';

interface Running {
  readonly spec: WorkloadSpec;
  instance: Instance;
  timer: Disposable | null;
}

const keyOf = ({ service, artifact }: { readonly service: ServiceName; readonly artifact: Digest }): string =>
  `${service} ${artifact}`;

const startAgainMs = 1_000;

/** What runs in one environment, one instance each. It outlives the agent that asked for it. */
export class Room {
  readonly #host: Host;
  readonly #artifacts: Artifacts;
  readonly #chance: Chance;
  readonly #onChange = new Set<() => void>();
  readonly #running = new Map<string, Running>();
  #ports = 20_000;

  constructor(host: Host, artifacts: Artifacts, chance: Chance) {
    this.#host = host;
    this.#artifacts = artifacts;
    this.#chance = chance;
  }

  workloads(): readonly Workload[] {
    return [...this.#running.values()].map(({ spec: { service, artifact }, instance }) => ({
      service,
      artifact,
      instances: [instance],
    }));
  }

  isHealthy(service: ServiceName, artifact: Digest): boolean {
    return this.#running.get(keyOf({ service, artifact }))?.instance.state.phase === 'healthy';
  }

  start(spec: WorkloadSpec): void {
    const key = keyOf(spec);
    const before = this.#running.get(key);
    if (before !== undefined) return;
    const running: Running = { spec, instance: this.#newInstance(0, 0), timer: null };
    this.#running.set(key, running);
    this.#begin(running);
  }

  stop(service: ServiceName, artifact: Digest): void {
    const running = this.#running.get(keyOf({ service, artifact }));
    if (running === undefined) return;
    running.timer?.[Symbol.dispose]();
    this.#running.delete(keyOf({ service, artifact }));
    this.#changed();
  }

  /** One instance ends by itself; it is started again. */
  crashOne(): string | null {
    const healthy = [...this.#running.values()].filter(({ instance }) => instance.state.phase === 'healthy');
    const running = healthy[Math.floor(this.#chance() * healthy.length)];
    if (running === undefined) return null;
    this.#crash(running);
    return `${running.spec.service} ${running.spec.version}`;
  }

  /** All of it is gone, as after the machine lost its power. */
  cutPower(): void {
    for (const { timer } of this.#running.values()) timer?.[Symbol.dispose]();
    this.#running.clear();
    this.#changed();
  }

  /** As one agent has it. */
  runtime(scope: Scope): Runtime {
    return {
      observe: () =>
        scope.step('workloads seen', () => ({ state: 'present', value: this.workloads() }) as const),
      plan: (desired, observed) => {
        const there = observed.state === 'present' ? observed.value : [];
        const wanted = new Set(desired.map(keyOf));
        const known = new Set(there.map(keyOf));
        return [
          ...desired
            .filter((one) => !known.has(keyOf(one)))
            .map((spec) => ({ action: 'start', spec }) as const),
          ...there
            .filter((one) => !wanted.has(keyOf(one)))
            .map(({ service, artifact }) => ({ action: 'stop', service, artifact }) as const),
        ];
      },
      apply: (change) =>
        change.action === 'start'
          ? scope.step('workload started', () => {
              this.start(change.spec);
              return { done: true } as const;
            })
          : scope.step('workload stopped', () => {
              this.stop(change.service, change.artifact);
              return { done: true } as const;
            }),
      remove: async () => ({ done: true }),
      smoke: (spec) =>
        scope.step('smoke tested', async () => {
          const durationMs = spanMs(this.#chance, 50, 2_000);
          await scope.clock.sleep(durationMs);
          const passed = !this.#natureOf(spec).smokeFails;
          return { passed, exitCode: passed ? 0 : 1, timedOut: false, outputTail: '', durationMs };
        }),
      onChange: (call) => {
        const told = (): void => scope.deliver(call);
        this.#onChange.add(told);
        const ending = scope.onEnd(() => this.#onChange.delete(told));
        return {
          [Symbol.dispose]: () => {
            ending[Symbol.dispose]();
            this.#onChange.delete(told);
          },
        };
      },
      isolation: () => ({ level: 'none', detail: 'simulated' }),
    };
  }

  #natureOf({ artifact }: WorkloadSpec): Nature {
    const nature = this.#artifacts.get(artifact);
    if (nature === undefined) throw new Error(`nobody built ${artifact}`);
    return nature;
  }

  #newInstance(exits: number, failedProbes: number): Instance {
    this.#ports += 1;
    const address = `127.0.0.1:${this.#ports}`;
    return {
      id: `i${this.#ports}`,
      address,
      pid: this.#ports,
      state: { phase: 'starting' },
      exits,
      failedProbes,
    };
  }

  #begin(running: Running): void {
    const nature = this.#natureOf(running.spec);
    if (nature.neverHealthy) {
      running.timer = this.#host.after(20_000, () => this.#fail(running));
      return;
    }
    running.timer = this.#host.after(spanMs(this.#chance, 20, nature.startsWithinMs), () => {
      this.#become(running, { phase: 'healthy' });
      this.#awaitEnd(running, nature);
    });
  }

  /** What somebody has mended meanwhile goes on. */
  #awaitEnd(running: Running, { crashesAfterMs }: Nature): void {
    running.timer = null;
    if (crashesAfterMs === null) return;
    running.timer = this.#host.after(spanMs(this.#chance, crashesAfterMs / 10, crashesAfterMs), () => {
      if (this.#natureOf(running.spec).crashesAfterMs !== null) this.#crash(running);
    });
  }

  #fail(running: Running): void {
    const trouble = { code: 'never-healthy', message: 'It never got healthy.', wayOut: 'Mend it.' };
    running.instance = { ...running.instance, trouble };
    this.#become(running, { phase: 'unhealthy', detail: 'no answer' });
  }

  #crash(running: Running): void {
    const { exits, failedProbes } = running.instance;
    running.timer?.[Symbol.dispose]();
    running.instance = this.#newInstance(exits + 1, failedProbes);
    this.#become(running, { phase: 'exited', code: 1, signal: null, logTail: '' });
    running.timer = this.#host.after(startAgainMs, () => {
      this.#become(running, { phase: 'starting' });
      this.#begin(running);
    });
  }

  #become(running: Running, state: InstanceState): void {
    running.instance = { ...running.instance, state };
    this.#changed();
  }

  #changed(): void {
    for (const call of this.#onChange) call();
  }
}
