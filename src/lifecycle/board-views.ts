import type { ActorId, EnvironmentName, Instant, ProjectId, PromotionId, RoleName } from '../domain/ids.ts';
import type { RulesProposalView } from './rules-views.ts';
import type { EnvironmentView, EventView, PromotionView, RolloutView, WayView } from './views.ts';

/** A page of the ladders, and what wants attention anywhere. */
export interface BoardView {
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly now: Instant;
  /** Position of the last event that is in here: follow the stream from it. */
  readonly position: number;
  readonly page: BoardPageView;
  /** Those of this page; of one that is longer than a page, the rungs that stand on it. */
  readonly pipelines: readonly { readonly name: string; readonly rungs: readonly EnvironmentName[] }[];
  /** Of this page. */
  readonly environments: readonly EnvironmentView[];
  /** The way into each environment from the one before it, which may stand on the page before. */
  readonly ways: readonly WayView[];
  /** Live ones of this page and the newest anywhere, and the last that ended. */
  readonly rollouts: readonly RolloutView[];
  /** Open promotions, newest first: all of this page, and the newest 50 anywhere. */
  readonly promotions: readonly PromotionView[];
  /** Asked of the viewer now. */
  readonly asked: readonly PromotionId[];
  /** Files that would weaken the rules of an environment, and wait: the newest 20 anywhere. */
  readonly weakened: readonly WeakenedView[];
  readonly viewer: ViewerView;
  readonly recent: readonly EventView[];
}

/** Where a page stands. All numbers count environments. */
export interface BoardPageView {
  /** Of the whole project. */
  readonly environments: number;
  /** On the ladders that were asked for. */
  readonly found: number;
  /** How many of those come before this page. */
  readonly before: number;
  /** Give them as `after`; null where there is no such page. */
  readonly previous: string | null;
  readonly next: string | null;
}

export interface WeakenedView {
  readonly environment: EnvironmentName;
  readonly waiting: RulesProposalView;
}

export interface ViewerView {
  readonly id: ActorId;
  readonly roles: readonly RoleName[];
  readonly actingAs: ActorId | null;
  /** Whom one may act as on a laptop; empty anywhere else. */
  readonly mayActAs: readonly { readonly id: ActorId; readonly roles: readonly RoleName[] }[];
}
