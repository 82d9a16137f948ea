import type { Actor } from './actor.ts';
import type { ChangeNumber } from './change-request.ts';
import type { CalendarException } from './calendar/calendar.ts';
import type { Emergency } from './emergency.ts';
import type { GateAnswer } from './gate.ts';
import type {
  ActorId,
  Digest,
  EnvironmentId,
  Instant,
  ProjectId,
  PromotionId,
  ReleaseId,
  RoleName,
  RolloutId,
  ServiceName,
} from './ids.ts';

/** Putting a release into an environment: forward along the pipeline, or back. */
export interface Promotion {
  readonly id: PromotionId;
  readonly project: ProjectId;
  readonly kind: 'promotion' | 'rollback';
  readonly environment: EnvironmentId;
  readonly release: ReleaseId;
  readonly version: string;
  /** The services it changes. */
  readonly services: readonly ServiceName[];
  readonly plan: Plan;
  readonly requestedBy: Actor;
  readonly requestedAt: Instant;
  readonly reason: string;
  readonly approvals: readonly Approval[];
  readonly state: PromotionState;
  /** How every gate stood when it started, for ever: which evidence opened it, and what was waived. Absent before. */
  readonly gates?: readonly GateAnswer[];
  /** Without which it could not have started when it did, for ever. Absent before, and where none was needed. */
  readonly exception?: CalendarException;
  /** The change request that it carries out. Absent where there is none, and before it starts. */
  readonly change?: ChangeNumber;
  /** Absent: it goes the way of every promotion. */
  readonly emergency?: Emergency;
  /** Absent as long as there is nothing to say. */
  readonly course?: PromotionCourse;
}

/** What its rollout went through, beyond the phase it is in. */
export interface PromotionCourse {
  /** When the new version first served everything. */
  readonly fullAt: Instant | null;
  /** When taking it back began. */
  readonly takenBackAt: Instant | null;
  /** The latest 20 that are over, oldest first. */
  readonly holds: readonly { readonly reason: string; readonly since: Instant; readonly until: Instant }[];
}

export type PromotionState =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'running'; readonly rollout: RolloutId; readonly since: Instant }
  | { readonly phase: 'succeeded'; readonly rollout: RolloutId | null; readonly at: Instant }
  | {
      readonly phase: 'rolled back';
      readonly rollout: RolloutId;
      readonly reason: string;
      readonly at: Instant;
    }
  | { readonly phase: 'failed'; readonly rollout: RolloutId; readonly reason: string; readonly at: Instant }
  | { readonly phase: 'rejected'; readonly by: Actor; readonly reason: string; readonly at: Instant }
  | { readonly phase: 'superseded'; readonly by: PromotionId; readonly at: Instant }
  | { readonly phase: 'withdrawn'; readonly by: Actor; readonly at: Instant };

export type PromotionPhase = PromotionState['phase'];

/** Phases in which a promotion has not ended. */
export const openPhases = ['waiting', 'running'] as const satisfies readonly PromotionPhase[];

export const isOpen = (promotion: Pick<Promotion, 'state'>): boolean =>
  openPhases.some((phase) => phase === promotion.state.phase);

/** What would change. Hashed over what is desired and the base revision, never over what was observed. */
export interface Plan {
  readonly hash: Digest;
  readonly changes: readonly PlanChange[];
  /** Digest of what served before: the base the plan starts from. */
  readonly base: Digest;
}

export interface PlanChange {
  readonly service: ServiceName;
  /** `remove`: the release does not bring it any more; it goes once the promotion is through. */
  readonly action: 'add' | 'replace' | 'keep' | 'remove';
  /** null: it is added. */
  readonly from: { readonly version: string; readonly artifact: Digest } | null;
  /** null: it is removed. */
  readonly to: { readonly version: string; readonly artifact: Digest } | null;
}

/**
 * What a promotion is of. Going forward is always of everything that the release brings, so that what it no longer brings
 * goes; going back can be of some services.
 */
export const servicesAsked = ({
  kind,
  services,
}: Pick<Promotion, 'kind' | 'services'>): readonly ServiceName[] | undefined =>
  kind === 'promotion' ? undefined : services;

/** Binds to the release, the environment and the plan: an approval of anything else is void. */
export interface Approval {
  readonly by: ActorId;
  readonly roles: readonly RoleName[];
  readonly release: ReleaseId;
  readonly planHash: Digest;
  readonly at: Instant;
  readonly comment: string;
  /** Absent: in one's own right. */
  readonly standingInFor?: ActorId;
  /** Set once the log has said that it expired. */
  readonly expiredAt?: Instant;
}
