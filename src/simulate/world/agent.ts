import type { EnvironmentName, RolloutId } from '../../domain/ids.ts';
import { foldSample, judge, startJudging } from '../../domain/rollout/judge/index.ts';
import type { JudgeState } from '../../domain/rollout/judge/types.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import {
  type AgentIdentity,
  type DesiredEnvironment,
  type DesiredRollout,
  type Observation,
  type ObservedRollout,
  protocolVersion,
} from '../../protocol/messages.ts';
import { SimulatedGateway } from './gateway.ts';
import type { Plane } from './plane.ts';
import { MadeUpTraffic, type Traffic } from './traffic.ts';

export type { Traffic } from './traffic.ts';

const tickMs = 5000;

/** What an agent remembers of the rollout it judges. */
interface Memory {
  readonly rollout: RolloutId;
  readonly generation: number;
  readonly judge: JudgeState | null;
  readonly judgedMs: number;
  readonly number: number;
  readonly takenBack: (NonNullable<ObservedRollout['takenBack']> & { readonly generation: number }) | null;
}

export interface Behaviour {
  readonly traffic: Traffic;
  /** Versions whose preflight fails. Empty unless told. */
  readonly broken: ReadonlySet<string>;
}

/**
 * Plays one environment's agent in virtual time: does what it is asked, measures made-up traffic, judges it with the
 * product's own judge, and takes back by itself. Its gateway outlives it, and lets the lease run out when it is stopped.
 */
export class SimulatedAgent {
  readonly gateway: SimulatedGateway;
  readonly samples: Sample[] = [];
  readonly #plane: Plane;
  readonly #identity: AgentIdentity;
  readonly #broken: ReadonlySet<string>;
  readonly #traffic: MadeUpTraffic;
  #desired: DesiredEnvironment | null = null;
  #memory: Memory | null = null;
  /** All it was ever asked for, oldest first. */
  readonly #told: DesiredEnvironment[] = [];
  #boot = 1;
  #sequence = 0;
  #isStopped = false;
  #isTurning = false;
  #isWanted = false;
  #tick: Disposable | null = null;

  constructor(plane: Plane, name: string, { traffic, broken }: Behaviour) {
    const mine = plane.declared.environments.find((one) => one.name === (name as EnvironmentName));
    if (mine === undefined) throw new Error(`no environment ${name}`);
    this.#plane = plane;
    this.#identity = { agent: mine.agent, project: plane.project, environments: [mine.id] };
    this.#broken = broken;
    this.#traffic = new MadeUpTraffic(traffic);
    this.gateway = new SimulatedGateway(() => plane.clock.monotonicMs());
    plane.parts.store.onChained(plane.project, () => this.#wake());
    this.#wake();
  }

  desired = (): DesiredEnvironment | null => this.#desired;

  /** Does nothing any more, as a stopped process does. */
  stop(): void {
    this.#isStopped = true;
  }

  go(): void {
    this.#isStopped = false;
    this.#wake();
  }

  /** Stopped, and what it knew is lost; its gateway serves on. */
  kill(): void {
    this.stop();
    this.#memory = null;
    this.#boot += 1;
    this.#sequence = 0;
  }

  /** An answer that was on its way for long arrives now: an earlier word about the rollout that lives. */
  hearLate(pick: (words: readonly DesiredEnvironment[]) => DesiredEnvironment): void {
    const id = this.#desired?.rollout?.id;
    const words = this.#told.filter(({ rollout }) => id !== undefined && rollout?.id === id);
    if (words.length > 0 && !this.#isStopped) this.#act(pick(words), false);
  }

  /** From now on it reports so often also when nothing happens, as real agents do. */
  beat(everyMs: number): void {
    this.#plane.clock.after(everyMs, () => {
      this.#wake();
      this.beat(everyMs);
    });
  }

  /** News brings a turn at once; time brings one only while something is rolled out. */
  #wake(): void {
    this.#isWanted = true;
    if (this.#isTurning || this.#isStopped) return;
    this.#isTurning = true;
    void this.#turns().finally(() => {
      this.#isTurning = false;
    });
  }

  async #turns(): Promise<void> {
    for (let measuring = false; this.#isWanted && !this.#isStopped; measuring = false) {
      this.#isWanted = false;
      await this.#turn(measuring);
    }
    this.#tick?.[Symbol.dispose]();
    if (this.#desired?.rollout != null)
      this.#tick = this.#plane.clock.after(tickMs, () => void this.#onTick());
  }

  async #onTick(): Promise<void> {
    if (this.#isStopped) return;
    await this.#turn(true);
    this.#wake();
  }

  async #turn(measuring: boolean): Promise<void> {
    const request = { protocol: protocolVersion, cursor: null, head: 0 } as const;
    const told = await this.#plane.agents.poll(this.#identity, request, AbortSignal.abort());
    const [desired] = told.environments;
    if (desired === undefined || this.#isStopped) return;
    this.#desired = desired;
    this.#told.push(desired);
    const fresh = this.#act(desired, measuring);
    this.#sequence += 1;
    await this.#plane.agents.observe(this.#identity, {
      protocol: protocolVersion,
      boot: `boot ${this.#boot}`,
      sequence: this.#sequence,
      observations: [this.#observation(desired)],
      samples: fresh,
      countersignature: null,
    });
  }

  #act(desired: DesiredEnvironment, measuring: boolean): readonly Sample[] {
    const { rollout } = desired;
    if (rollout === null) {
      this.gateway.clear();
      return [];
    }
    this.#remember(rollout);
    if (rollout.task.kind === 'take back') this.gateway.takeBack(rollout.id, rollout.generation);
    if (rollout.task.kind !== 'weigh' || this.gateway.wasTakenBack(rollout.id)) return [];
    this.gateway.weigh(rollout);
    this.gateway.renew();
    return measuring ? this.#measure(desired, rollout, rollout.task.percent) : [];
  }

  /** A new word about the weight throws the evidence away; the numbering goes on. */
  #remember({ id, generation, task, lastSample }: DesiredRollout): void {
    const before = this.#memory?.rollout === id ? this.#memory : null;
    if (before?.generation === generation) return;
    this.#memory = {
      rollout: id,
      generation,
      judge: task.kind === 'weigh' && task.judge !== null ? startJudging(task.judge) : null,
      judgedMs: 0,
      number: before?.number ?? lastSample ?? 0,
      takenBack: before?.takenBack ?? null,
    };
  }

  #measure(
    desired: DesiredEnvironment,
    { id, generation }: DesiredRollout,
    percent: number,
  ): readonly Sample[] {
    const memory = this.#memory;
    if (memory?.judge == null || !this.gateway.isInForce(id, generation)) return [];
    const number = memory.number + 1;
    const at = this.#plane.clock.now();
    const sample = this.#traffic.sample(
      desired,
      { id, generation, percent },
      { number, at, durationMs: tickMs },
    );
    this.samples.push(sample);
    const folded = foldSample(memory.judge, sample);
    const judgedMs = memory.judgedMs + tickMs;
    const { verdict } = judge(folded, judgedMs);
    const takenBack =
      verdict.action === 'take back'
        ? { generation, rule: verdict.rule, detail: verdict.detail, at }
        : memory.takenBack;
    if (verdict.action === 'take back') this.gateway.takeBack(id, generation);
    this.#memory = { ...memory, number, judge: folded, judgedMs, takenBack };
    return [sample];
  }

  #observation(desired: DesiredEnvironment): Observation {
    return {
      environment: desired.environment,
      revision: desired.revision,
      converged: true,
      services: desired.services.map(({ service, stable, candidate }) => ({
        service,
        port: 8080,
        variants: [stable, candidate].flatMap((one) =>
          one === null
            ? []
            : [
                {
                  artifact: one.artifact,
                  version: one.version,
                  wanted: 1,
                  healthy: 1,
                  exits: 0,
                  detail: null,
                },
              ],
        ),
      })),
      rollout: desired.rollout === null ? null : this.#observedRollout(desired, desired.rollout),
      isolation: { level: 'none', detail: 'simulated' },
      troubles: [],
    };
  }

  #observedRollout(desired: DesiredEnvironment, { id, generation, task }: DesiredRollout): ObservedRollout {
    const taken = this.#memory?.takenBack ?? null;
    return {
      id,
      generation,
      effectivePercent: this.gateway.exposed()?.percent ?? 0,
      lease: this.gateway.lease(id),
      preflight: task.kind === 'preflight' ? this.#preflight(desired) : null,
      takenBack: taken === null ? null : { rule: taken.rule, detail: taken.detail, at: taken.at },
      backDone: task.kind === 'take back',
    };
  }

  #preflight(desired: DesiredEnvironment): NonNullable<ObservedRollout['preflight']> {
    const candidates = desired.services.flatMap(({ service, candidate }) =>
      candidate === null ? [] : [{ service, version: candidate.version }],
    );
    const isBroken = candidates.some(({ version }) => this.#broken.has(version));
    const smoke = candidates.map(({ service }) => ({
      service,
      passed: !isBroken,
      durationMs: 5,
      outputTail: '',
    }));
    return isBroken
      ? { state: 'failed', cause: 'smoke tests', detail: 'exit code 1', smoke }
      : { state: 'passed', smoke };
  }
}

/** An agent whose releases all start. */
export const simulateAgent = (
  plane: Plane,
  name: string,
  traffic: Traffic = { perSecond: 100 },
  broken: ReadonlySet<string> = new Set(),
): SimulatedAgent => new SimulatedAgent(plane, name, { traffic, broken });
