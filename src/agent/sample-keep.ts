import { type Disk, readJson } from '../disk/disk.ts';
import type { RolloutId } from '../domain/ids.ts';
import type { JudgeState, RuleName } from '../domain/rollout/judge/index.ts';
import type { Sample } from '../domain/rollout/sample.ts';
import type { HealthTotals } from './measure.ts';

/** What an agent that comes back needs in order to go on with a rollout where the one before it ended. */
export interface KeptRollout {
  readonly rollout: RolloutId;
  readonly generation: number;
  /** Of the last sample made. Numbers are dense over the whole rollout. */
  readonly lastNumber: number;
  readonly judge: JudgeState | null;
  readonly judgeStartedMs: number;
  readonly totals: HealthTotals;
  /** Samples that the control plane has not answered for yet, oldest first. */
  readonly unanswered: readonly Sample[];
  readonly takenBack: TakenBack | null;
  /** The control plane asked for it to be taken back: no word that comes later, or late, exposes it again. */
  readonly takeBackOrdered?: boolean;
}

export interface TakenBack {
  readonly generation: number;
  readonly rule: RuleName;
  readonly detail: string;
  readonly at: number;
}

/** Two hours at one in 5 s, and some; beyond it the oldest are lost. */
const unansweredLimit = 2000;

export class SampleKeep {
  readonly #disk: Disk;
  readonly #path: string;
  #kept: KeptRollout | null;
  /** As it lies in the file. */
  #written: KeptRollout | null;

  private constructor(disk: Disk, path: string, kept: KeptRollout | null) {
    this.#disk = disk;
    this.#path = path;
    this.#kept = kept;
    this.#written = kept;
  }

  static async load(disk: Disk, path: string): Promise<SampleKeep> {
    return new SampleKeep(disk, path, await readJson<KeptRollout>(disk, path));
  }

  of(rollout: RolloutId): KeptRollout | null {
    return this.#kept?.rollout === rollout ? this.#kept : null;
  }

  /** Those in the file: an agent that comes back gives the number of one that was lost to another. */
  unanswered(limit: number): readonly Sample[] {
    const [kept, written] = [this.#kept, this.#written];
    if (kept === null || written?.rollout !== kept.rollout) return [];
    return kept.unanswered.filter(({ number }) => number <= written.lastNumber).slice(0, limit);
  }

  async put(kept: KeptRollout): Promise<void> {
    const next = { ...kept, unanswered: kept.unanswered.slice(-unansweredLimit) };
    this.#kept = next;
    await this.#disk.replace(this.#path, JSON.stringify(next), 'process');
    this.#written = next;
  }

  /** The control plane has these. Written with what is kept next: whoever sends them again is no worse off. */
  answered(samples: readonly Sample[]): void {
    const kept = this.#kept;
    // Those of other environments may come after them.
    const last = samples.findLast(({ rollout }) => rollout === kept?.rollout);
    if (kept === null || last === undefined) return;
    this.#kept = { ...kept, unanswered: kept.unanswered.filter(({ number }) => number > last.number) };
  }
}
