import type { RulesFace } from './rules-face.ts';
import type { Actor } from '../domain/actor.ts';
import type { CalendarView, ExceptionView } from '../domain/calendar/calendar-view.ts';
import type { ChainedEvent } from '../domain/event.ts';
import type { ActorId, Instant, ProjectId, PromotionId, RolloutId } from '../domain/ids.ts';
import type { PeopleFace } from './people-face.ts';
import type { QuestionFace } from './question-face.ts';
import type { Recording, SamplesPage } from '../domain/rollout/recording.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import type { Checkpoint } from '../domain/audit/types.ts';
import type { BuildRecord, TokenScope } from '../engine/records.ts';
import type { AlarmFace } from './alarm-face.ts';
import type { ChangeRequestFace } from './change-face.ts';
import type { EvidenceFace } from './evidence-face.ts';
import type {
  BoardView,
  EnvironmentView,
  EventView,
  PromotionView,
  ReleaseView,
  RolloutView,
  TokenView,
  WhyView,
} from './views.ts';

export type { PostAlarm } from './alarm-face.ts';
export type { AskChange, AskChangeEdit } from './change-face.ts';
export type { AskDelegation, DelegationView } from './people-face.ts';
export type { AddEvidence, SayEvidence } from './evidence-face.ts';

/** Who asks: an actor and what they may do. */
export interface Caller {
  readonly actor: Actor;
  /** A person may everything their roles allow; a token only what its scopes say. */
  readonly scopes: readonly TokenScope[] | 'all';
  /** Set for people only. */
  readonly person: ActorId | null;
}

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface PageQuery {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/** Which part of the board; all of it where it is small enough. */
export interface BoardQuery {
  /** What the page before gave as `next`, or the one after as `previous`. */
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
  /** Only ladders with an environment whose name has these letters in it, or that are called so themselves. */
  readonly search?: string | undefined;
  /** Only the ladder of this environment, by its whole name. */
  readonly environment?: string | undefined;
}

/**
 * The use cases: what a person or a program can ask the control plane for. The API, and through it the CLI and the
 * page, call nothing else. Releases are named by version or id, environments by name. All throw `Failure`.
 */
/** What stands at the head of a branch. */
export interface BranchHead {
  readonly ref: string;
  readonly commit: string;
  readonly tree: string;
  /** The text of the project file there; left out where there is none that can be read. */
  readonly projectFile?: string;
  /** Addresses of those whose commits are new there, as the commits say. */
  readonly authors?: readonly ActorId[];
}

export interface ControlPlane
  extends AlarmFace,
    ChangeRequestFace,
    EvidenceFace,
    PeopleFace,
    QuestionFace,
    RulesFace {
  projects(): Promise<readonly { readonly id: ProjectId; readonly name: string }[]>;
  /** Finds a project by name or id; absent `project-unknown`. */
  project(nameOrId: string): Promise<{ readonly id: ProjectId; readonly name: string }>;
  /** The members whom the project file names, for sign-in and acting as. */
  rules(project: ProjectId): Promise<ProjectFile>;

  board(project: ProjectId, caller: Caller, query?: BoardQuery): Promise<BoardView>;
  /** In the order of the ladders; those with letters of a search in their name. `after` is a number of environments. */
  environments(
    project: ProjectId,
    query: PageQuery & { readonly search?: string | undefined },
  ): Promise<PageOf<EnvironmentView>>;
  environment(project: ProjectId, name: string): Promise<EnvironmentView>;
  releases(project: ProjectId, page: PageQuery): Promise<PageOf<ReleaseView>>;
  release(project: ProjectId, versionOrId: string): Promise<ReleaseView>;
  promotions(
    project: ProjectId,
    query: PageQuery & { readonly environment?: string | undefined; readonly open?: boolean | undefined },
  ): Promise<PageOf<PromotionView>>;
  promotion(project: ProjectId, id: PromotionId): Promise<PromotionView>;
  rollout(project: ProjectId, id: RolloutId): Promise<RolloutView>;
  /** What a rollout was judged by and what was decided; conflict `recording-incomplete` where that was not kept. */
  recording(project: ProjectId, id: RolloutId, page: SamplesPage): Promise<Recording>;
  why(project: ProjectId, release: string, environment: string, caller: Caller): Promise<WhyView>;

  /** Denied `promotion-refused` with the admission in `facts.admission` when a blocker refuses it. */
  requestPromotion(
    project: ProjectId,
    ask: {
      readonly release: string;
      readonly to: string;
      readonly reason?: string | undefined;
      readonly dryRun?: boolean | undefined;
      /** Past gates, approvals, windows and order; a second person confirms it within the hour (REL-12). */
      readonly emergency?: boolean | undefined;
    },
    caller: Caller,
  ): Promise<PromotionView>;
  requestRollback(
    project: ProjectId,
    ask: {
      readonly environment: string;
      readonly to?: string | undefined;
      readonly services?: readonly string[] | undefined;
      readonly reason: string;
      readonly dryRun?: boolean | undefined;
    },
    caller: Caller,
  ): Promise<PromotionView>;
  /**
   * `planHash` is what the approver saw; conflict `plan-changed` when it is no longer the plan. An emergency is confirmed by
   * saying `emergency`; conflict `emergency-unsaid` else.
   */
  approve(
    project: ProjectId,
    id: PromotionId,
    ask: {
      readonly planHash: string;
      readonly comment?: string | undefined;
      readonly emergency?: boolean | undefined;
    },
    caller: Caller,
  ): Promise<PromotionView>;
  reject(
    project: ProjectId,
    id: PromotionId,
    ask: { readonly reason: string },
    caller: Caller,
  ): Promise<PromotionView>;
  withdraw(project: ProjectId, id: PromotionId, caller: Caller): Promise<PromotionView>;
  validate(
    project: ProjectId,
    environment: string,
    ask: { readonly release?: string | undefined; readonly note?: string | undefined },
    caller: Caller,
  ): Promise<EnvironmentView>;
  pause(
    project: ProjectId,
    id: RolloutId,
    ask: { readonly note: string },
    caller: Caller,
  ): Promise<RolloutView>;
  resume(
    project: ProjectId,
    id: RolloutId,
    ask: { readonly note: string; readonly heldSince?: Instant | undefined },
    caller: Caller,
  ): Promise<RolloutView>;
  /**
   * Lets a held rollout go on to its next step although the evidence does not suffice, in the person's own name. Denied
   * `advance-role-missing` to who could not approve for the environment. `dryRun` answers how it would stand. `heldSince`, as for
   * `resume`, is when it was held as one looked at it: conflict `rollout-held-anew` where that was another time.
   */
  advance(
    project: ProjectId,
    id: RolloutId,
    ask: {
      readonly reason: string;
      readonly dryRun?: boolean | undefined;
      readonly heldSince?: Instant | undefined;
    },
    caller: Caller,
  ): Promise<RolloutView>;
  /** Takes the rollout back. */
  abort(
    project: ProjectId,
    id: RolloutId,
    ask: { readonly reason: string },
    caller: Caller,
  ): Promise<RolloutView>;
  /** `rollout`, where it is given, is the one that was taken back as one looked: conflict `release-marked-anew` for another. */
  liftMark(
    project: ProjectId,
    release: string,
    ask: { readonly reason: string; readonly rollout?: RolloutId | undefined },
    caller: Caller,
  ): Promise<ReleaseView>;

  /** When each environment may be gone into; from yesterday, for 30 days, unless told. Invalid `calendar-range`. */
  calendar(
    project: ProjectId,
    range: { readonly from?: Instant | undefined; readonly to?: Instant | undefined },
  ): Promise<CalendarView>;
  /**
   * Opens an environment for a while, against its windows and freezes; from now on, unless told. Denied
   * `exception-role-missing` to whom the step does not name under `waive`.
   */
  makeException(
    project: ProjectId,
    ask: {
      readonly environment: string;
      readonly from?: Instant | undefined;
      readonly to: Instant;
      readonly reason: string;
    },
    caller: Caller,
  ): Promise<ExceptionView>;
  revokeException(
    project: ProjectId,
    id: string,
    ask: { readonly reason: string },
    caller: Caller,
  ): Promise<ExceptionView>;
  /** Builds that are wanted, for the builder; held open until there is one, or `waitMs`. */
  wantedBuilds(project: ProjectId, waitMs: number, caller: Caller): Promise<readonly BuildRecord[]>;
  claimBuild(project: ProjectId, tree: string, caller: Caller): Promise<BuildRecord>;
  failBuild(project: ProjectId, tree: string, detail: string, caller: Caller): Promise<BuildRecord>;
  /** Verifies the digest while it streams in; invalid `artifact-digest-mismatch`. Known ones are taken as they are. */
  putArtifact(
    project: ProjectId,
    digest: string,
    bytes: AsyncIterable<Uint8Array>,
    caller: Caller,
  ): Promise<{ readonly stored: boolean; readonly size: number }>;
  createRelease(project: ProjectId, ask: CreateRelease, caller: Caller): Promise<ReleaseView>;
  /** The forge saw branches move. Another project file on the branch of an environment is proposed to it. */
  branchesMoved(project: ProjectId, heads: readonly BranchHead[]): Promise<void>;

  /** Newest first. */
  log(
    project: ProjectId,
    query: {
      readonly before?: number | undefined;
      readonly limit?: number | undefined;
      readonly environment?: string | undefined;
      readonly subject?: string | undefined;
      /** Also what is for agents alone; `desired.changed` is not listed else. */
      readonly all?: boolean | undefined;
    },
  ): Promise<PageOf<EventView>>;
  /** Oldest first, for the stream and for export. */
  eventsAfter(project: ProjectId, position: number, limit: number): Promise<readonly ChainedEvent[]>;
  eventView(event: ChainedEvent): Promise<EventView>;
  /** Calls whenever there is something new after what `eventsAfter` gave, and whenever a live rollout has new figures. */
  onNews(
    project: ProjectId,
    call: (
      news: { readonly kind: 'events' } | { readonly kind: 'figures'; readonly rollout: RolloutId },
    ) => void,
  ): Disposable;
  auditHeader(project: ProjectId): Promise<{
    readonly project: ProjectId;
    readonly name: string;
    readonly publicKey: string;
    readonly checkpoints: readonly Checkpoint[];
  }>;

  /** The caller's own; all of them for whoever may approve weaker rules of a protected environment. */
  tokens(project: ProjectId, caller: Caller): Promise<readonly TokenView[]>;
  /** The secret is answered once and never again. */
  createToken(
    project: ProjectId,
    ask: { readonly name: string; readonly scopes: readonly TokenScope[]; readonly expiresInMs: number },
    caller: Caller,
  ): Promise<{ readonly token: TokenView; readonly secret: string }>;
  revokeToken(project: ProjectId, id: string, caller: Caller): Promise<TokenView>;
  /** Finds the caller behind a token's secret; denied `token-unknown`. */
  callerOfToken(secret: string): Promise<{ readonly project: ProjectId; readonly caller: Caller }>;
  sessionOpened(project: ProjectId, person: ActorId, actingAs: ActorId | null): Promise<void>;
  replaceAgentKey(
    project: ProjectId,
    environment: string,
    key: { readonly signing: string; readonly sealing: string },
    caller: Caller,
  ): Promise<void>;
  revokeAgentKey(project: ProjectId, environment: string, signing: string, caller: Caller): Promise<void>;
}

export interface CreateRelease {
  readonly tree: string;
  readonly commit: string;
  readonly branch: string;
  readonly services: Readonly<
    Record<string, { readonly artifact: string; readonly configSchema?: string | undefined }>
  >;
  /** Since the last release, oldest first. */
  readonly commits: readonly { readonly id: string; readonly message: string; readonly author: string }[];
}
