import type { Actor } from '../domain/actor.ts';
import type { Lifter } from '../domain/admission.ts';
import type { ActorId, Digest, EnvironmentName, Instant, RoleName } from '../domain/ids.ts';
import type { ProposalId, RuleChange } from '../domain/rules/index.ts';

/** What rules an environment now, and what waits to. */
export interface RulesView {
  readonly environment: EnvironmentName;
  readonly file: Digest;
  readonly branch: string;
  readonly acceptedAt: Instant;
  readonly acceptedBy: Actor;
  /** As it was written. */
  readonly text: string;
  readonly proposal: RulesProposalView | null;
}

export interface RulesProposalView {
  readonly id: ProposalId;
  /** What an approval binds to. */
  readonly hash: Digest;
  readonly changes: readonly RuleChange[];
  readonly proposedBy: Actor;
  readonly proposedAt: Instant;
  readonly approvals: readonly {
    readonly by: ActorId;
    readonly roles: readonly RoleName[];
    readonly at: Instant;
  }[];
  readonly needed: number;
  readonly missingPeople: number;
  readonly missingRoles: number;
  readonly approvers: Lifter;
}

/** What another project file would change for one environment. */
export interface RulesComparison {
  readonly environment: EnvironmentName;
  readonly changes: readonly RuleChange[];
  /** It would wait for the environment's approvers. */
  readonly needsApproval: boolean;
}
