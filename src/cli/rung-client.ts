import type { QuestionsQuery, QuestionView } from '../lifecycle/question-face.ts';
import type { CalendarView, ExceptionView } from '../domain/calendar/calendar-view.ts';
import type { RulesComparison, RulesView } from '../lifecycle/rules-views.ts';
export type { RulesComparison, RulesProposalView, RulesView } from '../lifecycle/rules-views.ts';
import type { Failure } from '../domain/failure.ts';
import type { Instant } from '../domain/ids.ts';
import type { Recording } from '../domain/rollout/recording.ts';
import type { ChangePhase } from '../domain/change-request.ts';
import type { EvidenceKind } from '../domain/evidence/evidence.ts';
import type {
  AddEvidence,
  AskChange,
  AskChangeEdit,
  AskDelegation,
  BoardQuery,
  DelegationView,
  PostAlarm,
  SayEvidence,
} from '../lifecycle/face.ts';
import type {
  AlarmsView,
  BoardView,
  ChangeRequestView,
  EnvironmentView,
  EventView,
  EvidenceView,
  PromotionView,
  ReleaseView,
  RolloutView,
  TokenView,
  WaiverView,
  WhyView,
} from '../lifecycle/views.ts';

export type {
  AlarmsView,
  BoardView,
  ChangeRequestView,
  EnvironmentView,
  EventView,
  EvidenceView,
  PromotionView,
  ReleaseView,
  RolloutView,
  ServiceView,
  TokenView,
  WaiverView,
  WayView,
  WhyView,
} from '../lifecycle/views.ts';

export type { BoardQuery, DelegationView } from '../lifecycle/face.ts';

/** What a token may do. */
export const tokenScopes = ['read', 'build', 'evidence', 'promote'] as const;
export type TokenScope = (typeof tokenScopes)[number];

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** What the live stream says. */
export type News =
  | { readonly kind: 'event'; readonly event: EventView }
  | { readonly kind: 'figures'; readonly rollout: RolloutView }
  /** The stream was cut and is taken up again where it was, after so long. */
  | { readonly kind: 'lost'; readonly failure: Failure; readonly againInMs: number };

export interface PromotionAsk {
  readonly release: string;
  readonly to: string;
  readonly reason?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly emergency?: boolean | undefined;
}

export interface RollbackAsk {
  readonly environment: string;
  readonly to?: string | undefined;
  readonly services?: readonly string[] | undefined;
  readonly reason: string;
  readonly dryRun?: boolean | undefined;
}

/**
 * All that the commands ask of a control plane, for one project and one caller. Every call throws `Failure`.
 * Releases are named by version or id, environments by name.
 */
export interface RungClient extends PeopleClient, ChangeRequestClient {
  readonly url: string;
  readonly project: string;
  /** A link that signs the owner of this laptop in, once. */
  signInLink(): Promise<{ readonly url: string; readonly expiresAt: Instant }>;
  /** A page of it; all where it is small. */
  board(query?: BoardQuery): Promise<BoardView>;
  /** Those with these letters in their names, 200 at most; the first of all unless some are given. */
  environments(search?: string): Promise<readonly EnvironmentView[]>;
  environment(name: string): Promise<EnvironmentView>;
  releases(page: {
    readonly limit: number;
    readonly after?: string | undefined;
  }): Promise<PageOf<ReleaseView>>;
  release(versionOrId: string): Promise<ReleaseView>;
  why(release: string, to: string): Promise<WhyView>;
  liftMark(release: string, reason: string): Promise<ReleaseView>;
  promotions(query: {
    readonly environment?: string | undefined;
    readonly open: boolean;
    readonly limit: number;
  }): Promise<PageOf<PromotionView>>;
  promotion(id: string): Promise<PromotionView>;
  promote(ask: PromotionAsk): Promise<PromotionView>;
  rollBack(ask: RollbackAsk): Promise<PromotionView>;
  approve(
    id: string,
    ask: {
      readonly planHash: string;
      readonly comment?: string | undefined;
      readonly emergency?: boolean | undefined;
    },
  ): Promise<PromotionView>;
  reject(id: string, reason: string): Promise<PromotionView>;
  withdraw(id: string): Promise<PromotionView>;
  /** `release`, where it is given, is what was looked at. */
  validate(
    environment: string,
    ask: { readonly note?: string | undefined; readonly release?: string | undefined },
  ): Promise<EnvironmentView>;
  rollout(id: string): Promise<RolloutView>;
  /** With all its samples. */
  recording(id: string): Promise<Recording>;
  pause(id: string, note: string): Promise<RolloutView>;
  resume(id: string, note: string): Promise<RolloutView>;
  advance(
    id: string,
    ask: {
      readonly reason: string;
      readonly dryRun?: boolean | undefined;
      /** Since when it was held as one looked at it. */
      readonly heldSince?: number | undefined;
    },
  ): Promise<RolloutView>;
  abort(id: string, reason: string): Promise<RolloutView>;
  rules(environment: string): Promise<RulesView>;
  compareRules(text: string): Promise<readonly RulesComparison[]>;
  applyRules(ask: { readonly text: string; readonly branch?: string }): Promise<readonly RulesView[]>;
  approveRules(
    environment: string,
    ask: { readonly hash: string; readonly comment?: string },
  ): Promise<RulesView>;
  rejectRules(environment: string, reason: string): Promise<RulesView>;
  /** Newest first. */
  evidence(
    release: string,
    page: {
      readonly limit: number;
      readonly after?: string | undefined;
      readonly kind?: EvidenceKind | undefined;
    },
  ): Promise<PageOf<EvidenceView>>;
  readRollbackPlan(release: string, plan: string): Promise<EvidenceView>;
  waivers(release: string): Promise<readonly WaiverView[]>;
  /** Sends the file as it is; `bytes` knows its length. */
  addEvidence(ask: AddEvidence, bytes: Blob): Promise<EvidenceView>;
  sayEvidence(ask: SayEvidence): Promise<EvidenceView>;
  evidenceFile(id: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  askGate(release: string, ask: { readonly to: string; readonly gate: string }): Promise<WhyView>;
  questions(query: QuestionsQuery): Promise<PageOf<QuestionView>>;
  alarms(environment: string): Promise<AlarmsView>;
  postAlarm(environment: string, ask: PostAlarm): Promise<AlarmsView>;
  waive(
    release: string,
    ask: { readonly to: string; readonly gate: string; readonly reason: string },
  ): Promise<WhyView>;
  /** From yesterday, for 30 days. */
  calendar(): Promise<CalendarView>;
  makeException(
    environment: string,
    ask: { readonly from?: Instant | undefined; readonly to: Instant; readonly reason: string },
  ): Promise<ExceptionView>;
  revokeException(id: string, reason: string): Promise<ExceptionView>;
  /** Newest first. */
  log(query: {
    readonly environment?: string | undefined;
    readonly limit: number;
    readonly all?: boolean | undefined;
  }): Promise<PageOf<EventView>>;
  /** What happens after the position, until the signal is aborted; connects again by itself. */
  follow(after: number, signal: AbortSignal): AsyncIterable<News>;
  /** The audit export as it is to be stored: JSON Lines, in pieces. */
  auditExport(signal: AbortSignal): AsyncIterable<Uint8Array>;
  tokens(): Promise<readonly TokenView[]>;
  createToken(ask: {
    readonly name: string;
    readonly scopes: readonly TokenScope[];
    readonly expiresInMs: number;
  }): Promise<{ readonly token: TokenView; readonly secret: string }>;
  revokeToken(id: string): Promise<TokenView>;
  replaceAgentKey(
    environment: string,
    key: { readonly signing: string; readonly sealing: string },
  ): Promise<void>;
  revokeAgentKey(environment: string, signing: string): Promise<void>;
}

/** Who stands in for whom, and asking once more. */
export interface PeopleClient {
  delegate(ask: AskDelegation): Promise<DelegationView>;
  delegations(): Promise<readonly DelegationView[]>;
  revokeDelegation(id: string, reason: string): Promise<DelegationView>;
  remind(promotion: string): Promise<PromotionView>;
}

/** What the commands ask about change requests, which are named by number. */
export interface ChangeRequestClient {
  changeRequests(query: {
    readonly release?: string | undefined;
    readonly environment?: string | undefined;
    readonly state?: ChangePhase | undefined;
    readonly limit: number;
    readonly after?: string | undefined;
  }): Promise<PageOf<ChangeRequestView>>;
  changeRequest(id: string): Promise<ChangeRequestView>;
  createChangeRequest(ask: AskChange): Promise<ChangeRequestView>;
  editChangeRequest(id: string, ask: AskChangeEdit): Promise<ChangeRequestView>;
  approveChangeRequest(
    id: string,
    ask: { readonly seen: string; readonly comment?: string | undefined },
  ): Promise<ChangeRequestView>;
  rejectChangeRequest(id: string, reason: string): Promise<ChangeRequestView>;
  noteOnChangeRequest(id: string, note: string): Promise<ChangeRequestView>;
}
