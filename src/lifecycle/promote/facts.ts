import type { Actor } from '../../domain/actor.ts';
import type { ChangeRequest } from '../../domain/change-request.ts';
import type { MadeException } from '../../domain/calendar/exception.ts';
import type { Emergency } from '../../domain/emergency.ts';
import type { Delegation } from '../../domain/delegation.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Evidence } from '../../domain/evidence/evidence.ts';
import type { Waiver } from '../../domain/gate.ts';
import type { EnvironmentId } from '../../domain/ids.ts';
import type { Rung } from '../../domain/pipeline.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { Plan, Promotion } from '../../domain/promotion.ts';
import type { Release } from '../../domain/release.ts';
import type { Question } from '../../domain/question.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import type { ObservedFacts } from './observed-facts.ts';

/** Everything that the question "may this go there now?" is answered from. */
export interface AdmissionFacts {
  readonly kind: Promotion['kind'];
  /** The rules in force for the target, never those of the change that asks. */
  readonly file: ProjectFile;
  /** null: no pipeline has the target as a rung. */
  readonly rung: Rung | null;
  readonly release: Release;
  readonly target: Environment;
  /** The rungs before the target that are there, first to last. */
  readonly before: readonly Environment[];
  /** Those of the target and the rungs before it in which the release has run as a whole, however long ago. */
  readonly hasRunIn: ReadonlySet<EnvironmentId>;
  readonly requester: Actor;
  /** The promotion that waits, once there is one; its approvals count only while they fit the plan. */
  readonly promotion: Promotion | null;
  readonly plan: Plan;
  /** null: it goes the way of every promotion. */
  readonly emergency: Emergency | null;
  /** Other promotions into the target that are waiting or running. */
  readonly others: readonly Promotion[];
  /** What was found out about the release's tree: the pieces that speak, newest first. */
  readonly evidence: readonly Evidence[];
  /** Of the release's tree, newest first. */
  readonly waivers: readonly Waiver[];
  /** The newest for the release's tree and the target; going back needs none. */
  readonly change: ChangeRequest | null;
  /** Of what serves in the target, those releases that are still kept. */
  readonly serving: readonly Release[];
  /** Made for the target; those that are over or were revoked may be among them. */
  readonly exceptions: readonly MadeException[];
  /** What programs were asked about the release's tree. */
  readonly questions: readonly Question[];
  /** What source and target went through lately; empty where no gate asks. */
  readonly observed: ObservedFacts;
  /** Those that end last first; those that are over may be among them. */
  readonly delegations: readonly Delegation[];
  /** The rollout that is live in the target, if any. */
  readonly live: Rollout | null;
}

/** The environment the release has to come from; null at the first rung. */
export const sourceOf = (facts: Pick<AdmissionFacts, 'before'>): Environment | null =>
  facts.before.at(-1) ?? null;
