import type { AlarmsView } from '../domain/alarms/shown.ts';
import type { Actor } from '../domain/actor.ts';
import type { ChangeApproval, ChangeRequest } from '../domain/change-request.ts';
import type { CalendarException } from '../domain/calendar/calendar.ts';
import type { Admission, People } from '../domain/admission.ts';
import type { Emergency } from '../domain/emergency.ts';
import type { Deployment, Validation } from '../domain/environment.ts';
import type {
  ActorId,
  Digest,
  EnvironmentId,
  EnvironmentName,
  Instant,
  PromotionId,
  ReleaseId,
  RolloutId,
  RoleName,
  ServiceName,
} from '../domain/ids.ts';
import type { EvidenceFacts, EvidenceFile, EvidenceId, EvidenceKind } from '../domain/evidence/evidence.ts';
import type { Waiver } from '../domain/gate.ts';
import type { TrafficView } from '../domain/observed-traffic/types.ts';
import type { DeployMode, EnvironmentSpec, Tier } from '../domain/project-file/types.ts';
import type { RulesProposalView } from './rules-views.ts';
import type { Approval, Plan, PromotionState } from '../domain/promotion.ts';
import type { NoteLine, ReleaseMark } from '../domain/release.ts';
import type { Closeness, JudgeStep, ServiceFigures, Verdict } from '../domain/rollout/judge/types.ts';
import type { AdvanceByPerson, RolloutState, Variant } from '../domain/rollout/types.ts';
import type { Trouble } from '../protocol/messages.ts';

export type { AlarmsView, TrafficView };

/** What API, CLI and page show. Plain JSON; times are milliseconds since the epoch; ratios are 0 to 1. */

export type { BoardPageView, BoardView, ViewerView, WeakenedView } from './board-views.ts';

export interface EnvironmentView {
  readonly id: EnvironmentId;
  readonly name: EnvironmentName;
  readonly tier: Tier;
  readonly purpose: string;
  readonly owner: string | null;
  readonly lifecycle: EnvironmentSpec['lifecycle'];
  readonly deploy: DeployMode;
  readonly source: string | null;
  readonly mirrors: EnvironmentName | null;
  /** The release all services have in common; null where they differ or nothing runs. */
  readonly release: { readonly id: ReleaseId; readonly version: string; readonly since: Instant } | null;
  /** What a rollback goes back to unless told otherwise; null: nothing ran here before. */
  readonly previous: { readonly id: ReleaseId; readonly version: string } | null;
  readonly services: readonly ServiceView[];
  readonly health: 'healthy' | 'degraded' | 'down' | 'empty' | 'unknown';
  readonly agent: { readonly lastHeardAt: Instant | null; readonly silent: boolean };
  readonly isolation: { readonly level: 'namespaces' | 'none'; readonly detail: string } | null;
  readonly troubles: readonly Trouble[];
  readonly validation: Validation | null;
  readonly rollout: RolloutId | null;
  readonly alarms: AlarmsView;
  /** null before anything was read. */
  readonly traffic: TrafficView | null;
  readonly deployments: readonly Deployment[];
  readonly rules: {
    readonly file: Digest;
    readonly branch: string;
    readonly acceptedAt: Instant;
    /** A file that would weaken them waits for approval. */
    readonly waiting: RulesProposalView | null;
  };
}

export interface ServiceView {
  readonly service: ServiceName;
  readonly stable: Variant | null;
  readonly candidate: Variant | null;
  readonly instances: { readonly wanted: number; readonly healthy: number } | null;
  /** Where it is reached on this machine. */
  readonly url: string | null;
}

export interface WayView {
  readonly pipeline: string;
  readonly from: EnvironmentName;
  readonly to: EnvironmentName;
  /** The release that runs in `from`, where it is not what runs in `to`. */
  readonly release: { readonly id: ReleaseId; readonly version: string } | null;
  readonly promotion: PromotionId | null;
  readonly admission: Admission | null;
  /** Says in a few words how it stands, for example `soak 20 h 51 min, then 2 approvals`. */
  readonly summary: string;
  /** The same, one for each of the admission's blockers and in their order; empty where nothing is in the way. */
  readonly waitsFor: readonly string[];
}

export interface ReleaseView {
  readonly id: ReleaseId;
  readonly version: string;
  readonly tree: string;
  readonly commit: string;
  readonly branch: string;
  readonly services: Readonly<Record<ServiceName, { readonly artifact: Digest }>>;
  readonly notes: readonly NoteLine[];
  readonly createdAt: Instant;
  readonly createdBy: Actor;
  readonly mark: ReleaseMark | null;
  /** Where it runs now. */
  readonly runsIn: readonly EnvironmentName[];
}

export interface PromotionView {
  readonly id: PromotionId;
  readonly kind: 'promotion' | 'rollback';
  readonly environment: EnvironmentName;
  readonly release: { readonly id: ReleaseId; readonly version: string };
  readonly services: readonly ServiceName[];
  readonly plan: Plan;
  readonly requestedBy: Actor;
  readonly requestedAt: Instant;
  readonly reason: string;
  readonly approvals: readonly ApprovalView[];
  readonly approvalsNeeded: number;
  readonly state: PromotionState;
  readonly admission: Admission;
  /** Without which it could not have started when it did. */
  readonly exception: CalendarException | null;
  /** Absent: it goes the way of every promotion. */
  readonly emergency?: Emergency;
  readonly notes: readonly NoteLine[];
}

export interface ApprovalView extends Approval {
  /** Of what still waits: why it does not count. Absent: it does. */
  readonly void?: string;
}

export interface RolloutView {
  readonly id: RolloutId;
  readonly promotion: PromotionId;
  readonly environment: EnvironmentName;
  readonly version: string;
  readonly services: readonly {
    readonly service: ServiceName;
    readonly from: string | null;
    readonly to: string;
  }[];
  readonly state: RolloutState;
  readonly steps: readonly {
    readonly name: string;
    readonly state: 'done' | 'now' | 'next' | 'skipped';
    readonly share: number;
  }[];
  readonly wantedPercent: number;
  readonly effectivePercent: number | null;
  readonly lease: 'none' | 'held' | 'expired' | null;
  readonly leaseMs: number | null;
  readonly reasonAllAtOnce: string | null;
  readonly errorLimit: number | null;
  readonly figures: Readonly<Record<ServiceName, ServiceFigures>>;
  readonly closeness: readonly Closeness[];
  readonly verdict: Verdict | null;
  readonly judging: JudgeStep | null;
  readonly startedAt: Instant;
  readonly startedBy: Actor;
  /** Steps that a person answered for although the evidence did not suffice, oldest first. */
  readonly advances: readonly AdvanceByPerson[];
  /** Of a held rollout: why nobody can resume it now. */
  readonly resume: { readonly off: string | null } | null;
  /** Of a held rollout: where promoting it with a reason leads, which roles may, and why nobody can now. */
  readonly advance: {
    readonly next: string;
    readonly roles: readonly RoleName[];
    readonly off: string | null;
  } | null;
  /** The latest points of the curve, oldest first, 300 at most. */
  readonly curve: readonly CurvePoint[];
}

export interface CurvePoint {
  readonly at: Instant;
  readonly percent: number;
  readonly services: Readonly<
    Record<
      ServiceName,
      {
        readonly candidateErrorRatio: number | null;
        readonly stableErrorRatio: number | null;
        readonly candidateP95Ms: number | null;
        readonly stableP95Ms: number | null;
      }
    >
  >;
}

export interface EventView {
  readonly position: number;
  readonly at: Instant;
  readonly kind: string;
  readonly actor: Actor;
  readonly environment: EnvironmentName | null;
  readonly subject: string;
  readonly message: string;
  /** null: it has expired, as the project's rules ask. */
  readonly payload: Readonly<Record<string, unknown>> | null;
}

export interface WhyView {
  readonly release: { readonly id: ReleaseId; readonly version: string };
  readonly environment: EnvironmentName;
  readonly admission: Admission;
  readonly plan: Plan;
  readonly promotion: PromotionId | null;
  /** The newest for this release's tree and this environment. */
  readonly changeRequest: ChangeRequestView | null;
  /** Who may ask for it as an emergency, and who may confirm that. Absent: there is no emergency way in. */
  readonly emergencyWay?: { readonly from: People; readonly second: People };
}

export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
}

export interface EvidenceView {
  readonly id: EvidenceId;
  readonly kind: EvidenceKind;
  readonly name: string;
  readonly tree: string;
  readonly environment: EnvironmentName | null;
  /** In one line. */
  readonly says: string;
  readonly facts: EvidenceFacts;
  readonly file: EvidenceFile | null;
  readonly by: Actor;
  readonly at: Instant;
}

export interface WaiverView extends Omit<Waiver, 'project' | 'tree' | 'environment'> {
  readonly environment: EnvironmentName;
}

export interface ChangeRequestView
  extends Pick<
    ChangeRequest,
    'id' | 'tree' | 'form' | 'requestedBy' | 'requestedAt' | 'editedBy' | 'notes' | 'state'
  > {
  /** Who may not approve it. */
  readonly authors: readonly ActorId[];
  readonly environment: EnvironmentName;
  readonly release: { readonly id: ReleaseId; readonly version: string };
  /** Digest of what it says now: whoever approves or changes it gives it back. */
  readonly seen: Digest;
  /** Roles that may approve it; empty: every member but its authors. */
  readonly approvers: readonly RoleName[];
  readonly approvals: readonly (Omit<ChangeApproval, 'form'> & {
    /** Not void, and by somebody who may still approve it. */
    readonly counts: boolean;
  })[];
}
