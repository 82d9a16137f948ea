import type { Actor } from '../actor.ts';
import type { EnvironmentName, Instant, RolloutId } from '../ids.ts';
import type { RolloutPolicy } from '../project-file/types.ts';
import type { Sample } from './sample.ts';
import type { HoldReason, RolloutPhase, RolloutService, TakeBackReason } from './types.ts';

/** What a rollout was judged by and what was decided: enough to judge it once more, by the same rules or by others. */
export interface Recording {
  readonly id: RolloutId;
  readonly environment: EnvironmentName;
  readonly version: string;
  readonly services: readonly RolloutService[];
  /** By which it was judged; null is all at once, where nothing is judged. */
  readonly policy: RolloutPolicy | null;
  readonly startedAt: Instant;
  readonly turns: readonly RecordedTurn[];
  /** A page of them, in the order of their numbers. */
  readonly samples: readonly Sample[];
  /** Number of the last sample of this page, where there are more. */
  readonly next: number | null;
}

/** Which samples: those after a number, so many at the most. */
export interface SamplesPage {
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

/** A change of the rollout's state. */
export interface RecordedTurn {
  readonly at: Instant;
  readonly by: Actor;
  /** Number of the last sample that was folded by then. */
  readonly sample: number;
  /** In force from then on. */
  readonly generation: number;
  readonly phase: RolloutPhase;
  readonly percent: number;
  /** Of what is held or goes back. */
  readonly reason: HoldReason | TakeBackReason | null;
  /** Whether it was held before. */
  readonly isResumed: boolean;
}
