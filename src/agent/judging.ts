import type { RolloutId } from '../domain/ids.ts';
import { foldSample, judge, startJudging } from '../domain/rollout/judge/index.ts';
import type { Judgement } from '../domain/rollout/judge/index.ts';
import type { Sample } from '../domain/rollout/sample.ts';
import type { Clock } from '../engine/clock.ts';
import type { Workload } from '../ports/runtime.ts';
import type { RawCounters } from '../ports/traffic.ts';
import type { DesiredEnvironment, DesiredRollout } from '../protocol/messages.ts';
import { type MeasuredService, type Reading, healthTotals, sampleBetween } from './measure.ts';
import type { KeptRollout, SampleKeep, TakenBack } from './sample-keep.ts';

/** A rollout whose weight is held and that is to be judged. */
export interface JudgedRollout extends DesiredRollout {
  readonly task: Extract<DesiredRollout['task'], { kind: 'weigh' }>;
}

/** A tick that comes so late was not late: the agent was stopped. What it knew is old then. */
const stoppedAfterTicks = 4;
const stoppedAfterMs = 1500;

export type Turn =
  /** The agent stood still, or has just begun: everything has to be read again before it may act. */
  | { readonly measured: false }
  | { readonly measured: true; readonly sample: Sample; readonly judgement: Judgement | null };

/**
 * Measures and judges one rollout, sample by sample. What it has folded is kept in a file after each sample, so that
 * an agent that was killed goes on with its evidence.
 */
export class Judging {
  readonly #keep: SampleKeep;
  readonly #clock: Clock;
  #before: Reading | null = null;
  #beforeOf: string | null = null;
  #lastJudgedMs = Number.NEGATIVE_INFINITY;

  constructor(keep: SampleKeep, clock: Clock) {
    this.#keep = keep;
    this.#clock = clock;
  }

  /** When a sample was last made and folded, on the monotonic clock. */
  get lastJudgedMs(): number {
    return this.#lastJudgedMs;
  }

  /** What this agent took back by itself; for good, whatever word about the weight comes afterwards. */
  takenBack(rollout: RolloutId): TakenBack | null {
    return this.#keep.of(rollout)?.takenBack ?? null;
  }

  /** Whether it was taken back, by this agent or because it was asked to. */
  isTakenBack(rollout: RolloutId): boolean {
    return this.takenBack(rollout) !== null || this.#keep.of(rollout)?.takeBackOrdered === true;
  }

  /** Kept before it is carried out, so that an agent that is killed meanwhile still knows. */
  async noteOrdered({ id, generation, lastSample }: DesiredRollout): Promise<void> {
    const kept = this.#keep.of(id);
    if (kept?.takeBackOrdered === true) return;
    await this.#keep.put({
      ...(kept ?? {
        rollout: id,
        generation,
        lastNumber: lastSample ?? 0,
        judge: null,
        judgeStartedMs: this.#clock.monotonicMs(),
        totals: {},
        unanswered: [],
        takenBack: null,
      }),
      takeBackOrdered: true,
    });
  }

  async noteTakenBack(rollout: RolloutId, takenBack: TakenBack): Promise<void> {
    const kept = this.#keep.of(rollout);
    if (kept) await this.#keep.put({ ...kept, takenBack });
  }

  /** Forgets what was read last: the next reading is a first one. */
  readAgain(): void {
    this.#before = null;
  }

  /** Whether candidates ended or failed a health check since the last sample: then the next one is made at once. */
  isHurt(rollout: JudgedRollout, desired: DesiredEnvironment, workloads: readonly Workload[]): boolean {
    const kept = this.#keep.of(rollout.id);
    if (kept?.generation !== rollout.generation) return false;
    const now = healthTotals(
      workloads,
      measuredServices(desired, rollout, () => 1),
    );
    return Object.entries(now).some(([service, { exits, failedProbes }]) => {
      const before = kept.totals[service as keyof typeof kept.totals];
      return before !== undefined && (exits > before.exits || failedProbes > before.failedProbes);
    });
  }

  async measure(
    rollout: JudgedRollout,
    desired: DesiredEnvironment,
    seen: { readonly counters: RawCounters | null; readonly workloads: readonly Workload[] },
    wanted: (service: MeasuredService['service']) => number,
  ): Promise<Turn> {
    const after: Reading = { monotonicMs: this.#clock.monotonicMs(), ...seen };
    const before = this.#before;
    const isSameWord = this.#beforeOf === wordOf(rollout);
    this.#before = after;
    this.#beforeOf = wordOf(rollout);
    const services = measuredServices(desired, rollout, wanted);
    const kept = this.#keptFor(rollout, after, services);
    const limitMs = Math.max(stoppedAfterMs, stoppedAfterTicks * rollout.task.sampleEveryMs);
    if (before === null || !isSameWord || after.monotonicMs - before.monotonicMs > limitMs) {
      await this.#keep.put(kept);
      return { measured: false };
    }
    const sample = sampleBetween({
      rollout: rollout.id,
      generation: rollout.generation,
      number: kept.lastNumber + 1,
      at: this.#clock.now(),
      services,
      before,
      after,
      totalsBefore: kept.totals,
    });
    const folded = kept.judge === null ? null : foldSample(kept.judge, sample);
    await this.#keep.put({
      ...kept,
      lastNumber: sample.number,
      judge: folded,
      totals: healthTotals(seen.workloads, services),
      unanswered: [...kept.unanswered, sample],
    });
    this.#lastJudgedMs = after.monotonicMs;
    const elapsedMs = Math.max(0, after.monotonicMs - kept.judgeStartedMs);
    return { measured: true, sample, judgement: folded && judge(folded, elapsedMs) };
  }

  /** A new word about the weight throws the evidence away; the numbering goes on. */
  #keptFor(rollout: JudgedRollout, after: Reading, services: readonly MeasuredService[]): KeptRollout {
    const kept = this.#keep.of(rollout.id);
    if (kept?.generation === rollout.generation && kept.judge !== null) return kept;
    return {
      rollout: rollout.id,
      generation: rollout.generation,
      lastNumber: Math.max(kept?.lastNumber ?? 0, rollout.lastSample ?? 0),
      judge: rollout.task.judge === null ? null : startJudging(rollout.task.judge),
      judgeStartedMs: after.monotonicMs,
      totals: healthTotals(after.workloads, services),
      unanswered: kept?.unanswered ?? [],
      takenBack: kept?.takenBack ?? null,
      takeBackOrdered: kept?.takeBackOrdered ?? false,
    };
  }
}

const wordOf = (rollout: DesiredRollout): string => `${rollout.id} ${rollout.generation}`;

function measuredServices(
  desired: DesiredEnvironment,
  rollout: DesiredRollout,
  wanted: (service: MeasuredService['service']) => number,
): readonly MeasuredService[] {
  return desired.services.flatMap(({ service, stable, candidate }) =>
    candidate !== null && rollout.services.includes(service)
      ? [
          {
            service,
            candidate: candidate.artifact,
            stable: stable?.artifact ?? null,
            wanted: wanted(service),
          },
        ]
      : [],
  );
}
