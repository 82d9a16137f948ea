import type { Actor } from '../actor.ts';
import type {
  Digest,
  EnvironmentId,
  Instant,
  ProjectId,
  PromotionId,
  ReleaseId,
  RolloutId,
  ServiceName,
} from '../ids.ts';
import type { RolloutPolicy } from '../project-file/types.ts';
import type { JudgeState, Judgement, RuleName } from './judge/types.ts';

/** One version of one service, as it can be run. */
export interface Variant {
  readonly release: ReleaseId;
  readonly version: string;
  readonly artifact: Digest;
}

/** A person answered for the next step although the evidence did not suffice. */
export interface AdvanceByPerson {
  readonly by: Actor;
  readonly reason: string;
  readonly at: Instant;
  /** What it was held for. */
  readonly despite: HoldReason;
  readonly fromPercent: number;
  readonly toPercent: number;
}

export interface RolloutService {
  readonly service: ServiceName;
  /** null: the first release of this service. There is nothing to fall back to. */
  readonly from: Variant | null;
  readonly to: Variant;
}

export type HoldReason =
  | { readonly kind: 'person'; readonly by: Actor; readonly note: string }
  | { readonly kind: 'judge lost' }
  | { readonly kind: 'insufficient evidence'; readonly detail: string }
  | { readonly kind: 'rule'; readonly rule: RuleName; readonly detail: string };

export type TakeBackReason =
  | {
      readonly kind: 'rule';
      readonly rule: RuleName;
      readonly detail: string;
      readonly by: 'agent' | 'control plane';
    }
  | { readonly kind: 'smoke tests'; readonly detail: string }
  | { readonly kind: 'start'; readonly detail: string }
  | { readonly kind: 'person'; readonly by: Actor; readonly note: string };

export type LivePhase = 'preflight' | 'canary' | 'promoting' | 'watching';

/** See ROLLOUTS: pending is the promotion's waiting; a rollout exists from preflight on. */
export type RolloutState =
  | { readonly phase: 'preflight'; readonly since: Instant }
  | { readonly phase: 'canary'; readonly step: number; readonly since: Instant }
  | { readonly phase: 'promoting'; readonly since: Instant }
  | { readonly phase: 'watching'; readonly since: Instant; readonly until: Instant }
  | {
      readonly phase: 'held';
      readonly reason: HoldReason;
      readonly since: Instant;
      /** What it goes back to when a person resumes. */
      readonly from: Exclude<RolloutState, { phase: 'held' }>;
      /** The weight it is held at: 0 when the judge was lost, else what it was. */
      readonly percent: number;
    }
  | { readonly phase: 'rolling back'; readonly reason: TakeBackReason; readonly since: Instant }
  | { readonly phase: 'rolled back'; readonly reason: TakeBackReason; readonly at: Instant }
  | {
      readonly phase: 'rollback failed';
      readonly reason: TakeBackReason;
      readonly detail: string;
      readonly at: Instant;
    }
  | { readonly phase: 'succeeded'; readonly at: Instant }
  | { readonly phase: 'superseded'; readonly by: PromotionId; readonly at: Instant };

export type RolloutPhase = RolloutState['phase'];

export interface Rollout {
  readonly id: RolloutId;
  readonly project: ProjectId;
  readonly environment: EnvironmentId;
  readonly promotion: PromotionId;
  readonly services: readonly RolloutService[];
  /** As it stood when the rollout began; null is all at once, and `reasonAllAtOnce` says why. */
  readonly policy: RolloutPolicy | null;
  readonly reasonAllAtOnce: string | null;
  /** Rises with every new word about the weight. The gateway takes none that is not newer than what it has. */
  readonly generation: number;
  readonly state: RolloutState;
  /** Folded evidence of the step that runs; thrown away with each new step and generation. */
  readonly judge: JudgeState | null;
  /** Last sample folded. */
  readonly lastSample: number;
  readonly judgement: Judgement | null;
  /** Monotonic time that the samples of this step cover, in milliseconds. */
  readonly sampledMs: number;
  /** How the smoke tests went at 0 %; null until they ran. */
  readonly smoke: 'passed' | 'none' | 'failed' | null;
  /** Oldest first; absent where every step was earned by evidence. */
  readonly advances?: readonly AdvanceByPerson[];
  readonly startedAt: Instant;
}

/** Phases in which a rollout may still change what serves. */
export const livePhases = [
  'preflight',
  'canary',
  'promoting',
  'watching',
  'held',
  'rolling back',
] as const satisfies readonly RolloutPhase[];

export const isLive = (state: RolloutState): boolean => livePhases.some((phase) => phase === state.phase);

/** Share of requests the new version should have in this state. */
export function wantedPercent(rollout: Pick<Rollout, 'policy' | 'state'>): number {
  const { state } = rollout;
  switch (state.phase) {
    case 'preflight':
    case 'rolling back':
    case 'rolled back':
    case 'rollback failed':
      return 0;
    case 'canary':
      return rollout.policy?.canary[state.step]?.percent ?? 0;
    case 'held':
      return state.percent;
    case 'promoting':
    case 'watching':
    case 'succeeded':
    case 'superseded':
      return 100;
  }
}
