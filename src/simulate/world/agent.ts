import type { EnvironmentName, RolloutId, ServiceName } from '../../domain/ids.ts';
import { foldSample, startJudging, verdictOf } from '../../domain/rollout/judge/index.ts';
import type { JudgeState } from '../../domain/rollout/judge/types.ts';
import type { Sample, ServiceSample } from '../../domain/rollout/sample.ts';
import type { RawCounters } from '../../ports/traffic.ts';
import {
  type AgentIdentity,
  type DesiredEnvironment,
  type DesiredRollout,
  protocolVersion,
} from '../../protocol/messages.ts';
import { answerTo } from './answer-to.ts';
import { CandidateHealths } from './candidate-health.ts';
import { SimulatedGateway } from './gateway.ts';
import { observationOf, type TakenBack } from './observation.ts';
import { OwnTrafficLog } from './own-traffic-log.ts';
import type { AgentsPlane } from './agents-plane.ts';
import type { Traffic } from './traffic.ts';

const idleTickMs = 5000;
/** A reading that comes so late is a first one: what came in between was not measured. */
const lateAfterTicks = 4;
const lateAfterMs = 1500;

/** What an agent remembers of the rollout it judges. */
interface Memory {
  readonly rollout: RolloutId;
  readonly generation: number;
  readonly judge: JudgeState | null;
  readonly judgedMs: number;
  readonly number: number;
  readonly takenBack: TakenBack | null;
}

export interface Behaviour {
  readonly traffic: Traffic;
  /** Versions whose smoke tests fail. */
  readonly broken: ReadonlySet<string>;
  /** Called whenever the weight at the gateway was set. */
  readonly onWeight?: (percent: number) => void;
  /** What its gateway counts, rollout or not; left out: it tells nothing of that. */
  readonly counters?: () => RawCounters;
}

/**
 * Plays one environment's agent in virtual time: does what it is asked, measures the traffic, judges it with the
 * product's own judge, and takes back by itself. Its gateway outlives it, and lets the lease run out when it is stopped.
 */
export class SimulatedAgent {
  readonly gateway: SimulatedGateway;
  readonly health = new CandidateHealths();
  readonly samples: Sample[] = [];
  readonly #plane: AgentsPlane;
  readonly #identity: AgentIdentity;
  readonly #behaviour: Behaviour;
  #desired: DesiredEnvironment | null = null;
  #memory: Memory | null = null;
  /** All it was ever asked for, oldest first. */
  readonly #told: DesiredEnvironment[] = [];
  readonly #log: OwnTrafficLog | null;
  #unsent: readonly Sample[] = [];
  #passedMs = 0;
  #readMs = Number.NEGATIVE_INFINITY;
  #boot = 1;
  #sequence = 0;
  #isStopped = false;
  #isTurning = false;
  #isWanted = false;
  #isMeasuring = false;
  #hasNews = true;
  #tick: Disposable | null = null;

  constructor(plane: AgentsPlane, name: string, behaviour: Behaviour) {
    const mine = plane.declared.environments.find((one) => one.name === (name as EnvironmentName));
    if (mine === undefined) throw new Error(`no environment ${name}`);
    this.#plane = plane;
    this.#identity = { agent: mine.agent, project: plane.project, environments: [mine.id] };
    this.#behaviour = behaviour;
    this.gateway = new SimulatedGateway(() => plane.clock.monotonicMs());
    plane.parts.store.onChained(plane.project, () => this.#news());
    plane.onUp(() => this.#news());
    const { counters } = behaviour;
    const log = { clock: plane.clock, onReading: () => this.#wake() };
    this.#log = counters === undefined ? null : new OwnTrafficLog(mine.id, counters, log);
    this.go();
  }

  desired = (): DesiredEnvironment | null => this.#desired;

  /** Does nothing any more, as a stopped process does. */
  stop(): void {
    this.#isStopped = true;
    this.#log?.lose();
  }

  go(): void {
    this.#isStopped = false;
    this.#news();
    this.#log?.start();
  }

  /** Killed, and to be started anew: what it measured last is gone, what it folded is on its disk. */
  kill(): void {
    this.stop();
    this.#boot += 1;
    this.#sequence = 0;
    this.#readMs = Number.NEGATIVE_INFINITY;
  }

  /** Killed, and its disk is lost, too. */
  lose(): void {
    this.kill();
    this.#memory = null;
    this.#unsent = [];
  }

  /** Something happened to the new version: the next sample is made at once. */
  hurt(): void {
    this.#wake(true);
  }

  /** The gateway counts on, though nobody may read it. */
  pass(): void {
    const nowMs = this.#plane.clock.monotonicMs();
    const durationMs = nowMs - this.#passedMs;
    this.#passedMs = nowMs;
    if (this.#desired?.rollout == null || durationMs <= 0) return;
    const percent = this.gateway.exposed()?.percent ?? 0;
    this.#behaviour.traffic.pass({ desired: this.#desired, percent, durationMs });
  }

  #news(): void {
    this.#hasNews = true;
    this.#wake();
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

  /** News brings a turn at once; time brings one only while something is rolled out, and with it a sample. */
  #wake(measuring = false): void {
    this.#isWanted = true;
    this.#isMeasuring ||= measuring;
    if (this.#isTurning || this.#isStopped) return;
    this.#isTurning = true;
    void this.#turns();
  }

  async #turns(): Promise<void> {
    while (this.#isWanted && !this.#isStopped) {
      const measuring = this.#isMeasuring;
      this.#isWanted = false;
      this.#isMeasuring = false;
      await this.#turn(measuring);
    }
    this.#isTurning = false;
    this.#setTick();
  }

  #setTick(): void {
    this.#tick?.[Symbol.dispose]();
    const rollout = this.#desired?.rollout;
    if (rollout != null) this.#tick = this.#plane.clock.after(tickMs(rollout), () => this.#wake(true));
  }

  async #turn(measuring: boolean): Promise<void> {
    if (this.#hasNews && this.#plane.isUp()) await this.#poll();
    const desired = this.#desired;
    if (desired === null || this.#isStopped) return;
    this.#unsent = [...this.#unsent, ...this.#act(desired, measuring)];
    if (this.#plane.isUp()) await this.#report(desired);
  }

  /** Not held open. */
  async #poll(): Promise<void> {
    this.#hasNews = false;
    const answer = await answerTo(this.#identity, this.#plane);
    const [desired] = answer?.environments ?? [];
    if (desired === undefined) return;
    this.pass();
    this.#desired = desired;
    this.#told.push(desired);
  }

  async #report(desired: DesiredEnvironment): Promise<void> {
    const samples = this.#unsent;
    const traffic = this.#log?.unanswered() ?? [];
    this.#unsent = [];
    this.#sequence += 1;
    await this.#plane.agents.observe(this.#identity, {
      protocol: protocolVersion,
      boot: `boot ${this.#boot}`,
      sequence: this.#sequence,
      observations: [
        observationOf(desired, {
          gateway: this.gateway,
          takenBack: this.#memory?.takenBack ?? null,
          broken: this.#behaviour.broken,
        }),
      ],
      samples,
      ...(traffic.length > 0 && { traffic }),
      countersignature: null,
    });
    this.#log?.answered(traffic);
  }

  #act(desired: DesiredEnvironment, measuring: boolean): readonly Sample[] {
    const { rollout } = desired;
    this.pass();
    if (rollout === null) {
      this.gateway.clear();
      return [];
    }
    this.#remember(rollout);
    if (rollout.task.kind === 'take back') this.gateway.takeBack(rollout.id, rollout.generation);
    if (rollout.task.kind !== 'weigh' || this.gateway.wasTakenBack(rollout.id)) return [];
    this.gateway.weigh(rollout);
    this.gateway.renew();
    this.#behaviour.onWeight?.(this.gateway.exposed()?.percent ?? 0);
    return measuring ? this.#measure(desired, rollout) : [];
  }

  /** A new word about the weight throws the evidence away, and begins with a reading; the numbering goes on. */
  #remember({ id, generation, task, lastSample }: DesiredRollout): void {
    const before = this.#memory?.rollout === id ? this.#memory : null;
    if (before?.generation === generation) return;
    this.#read();
    this.#memory = {
      rollout: id,
      generation,
      judge: task.kind === 'weigh' && task.judge !== null ? startJudging(task.judge) : null,
      judgedMs: 0,
      number: before?.number ?? lastSample ?? 0,
      takenBack: before?.takenBack ?? null,
    };
  }

  #read() {
    this.#readMs = this.#plane.clock.monotonicMs();
    return this.#behaviour.traffic.read();
  }

  #measure(desired: DesiredEnvironment, rollout: DesiredRollout): readonly Sample[] {
    const memory = this.#memory;
    if (memory?.judge == null || !this.gateway.isInForce(rollout.id, rollout.generation)) return [];
    const durationMs = this.#plane.clock.monotonicMs() - this.#readMs;
    const counted = this.#read();
    if (durationMs <= 0 || durationMs > Math.max(lateAfterMs, lateAfterTicks * tickMs(rollout))) return [];
    const services = desired.services.flatMap(({ service, candidate }) => {
      const counts = counted[service];
      return candidate === null || counts === undefined
        ? []
        : [[service, { ...counts, health: this.health.read(service) }] as const];
    });
    const sample: Sample = {
      rollout: rollout.id,
      generation: rollout.generation,
      number: memory.number + 1,
      at: this.#plane.clock.now(),
      durationMs,
      trafficPercent: this.gateway.exposed()?.percent ?? 0,
      services: Object.fromEntries(services) as Record<ServiceName, ServiceSample>,
    };
    this.samples.push(sample);
    this.#judge({ ...memory, number: sample.number, judge: foldSample(memory.judge, sample) }, durationMs);
    return [sample];
  }

  #judge(folded: Memory, durationMs: number): void {
    const judgedMs = folded.judgedMs + durationMs;
    this.#memory = { ...folded, judgedMs };
    if (folded.judge === null) return;
    const verdict = verdictOf(folded.judge, judgedMs);
    if (verdict.action !== 'take back') return;
    const { rollout, generation } = folded;
    const { rule, detail } = verdict;
    this.gateway.takeBack(rollout, generation);
    const takenBack = { rule, detail, at: this.#plane.clock.now() };
    this.#memory = { ...this.#memory, takenBack };
  }
}

const tickMs = ({ task }: DesiredRollout): number =>
  task.kind === 'weigh' ? task.sampleEveryMs : idleTickMs;
