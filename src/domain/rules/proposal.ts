import type { Actor } from '../actor.ts';
import { type ApprovalCount, countApprovals } from '../approvals.ts';
import { digestOfJson } from '../canonical.ts';
import type {
  ActorId,
  Branded,
  Digest,
  EnvironmentId,
  Instant,
  ProjectId,
  ReleaseId,
  RoleName,
} from '../ids.ts';
import { rungOf } from '../pipeline.ts';
import type { ApprovalPolicy, ProjectFile } from '../project-file/types.ts';
import { allMembers } from '../roles.ts';
import { isProtectedTier } from '../tier.ts';
import type { EnvironmentName } from '../ids.ts';
import type { RuleChange } from './change.ts';

/** UUIDv7. */
export type ProposalId = Branded<string, 'ProposalId'>;

/**
 * A project file that would weaken the rules of a protected environment. It waits for that environment's approvers, by
 * the rules in force; until they agree the environment keeps its rules.
 */
export interface RulesProposal {
  readonly id: ProposalId;
  readonly project: ProjectId;
  readonly environment: EnvironmentId;
  /** Digest of the file in force when it was proposed. */
  readonly from: Digest;
  /** Digest of the file that is proposed. */
  readonly to: Digest;
  readonly branch: string;
  readonly changes: readonly RuleChange[];
  /** Over environment, from and to: what an approval binds to. */
  readonly hash: Digest;
  readonly proposedBy: Actor;
  /** Whose commits brought it, as these say themselves: they count as those who ask. */
  readonly writtenBy?: readonly ActorId[];
  readonly proposedAt: Instant;
  readonly approvals: readonly RulesApproval[];
  readonly state: ProposalState;
}

export type ProposalState =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'accepted'; readonly at: Instant }
  | { readonly phase: 'rejected'; readonly by: ActorId; readonly reason: string; readonly at: Instant }
  /** The file was taken back, or another came instead. */
  | { readonly phase: 'withdrawn'; readonly at: Instant };

export interface RulesApproval {
  readonly by: ActorId;
  readonly roles: readonly RoleName[];
  readonly hash: Digest;
  readonly at: Instant;
  readonly comment: string;
}

export const proposalHash = (environment: EnvironmentId, from: Digest, to: Digest): Digest =>
  digestOfJson({ environment, from, to });

/** Whether its rules, as they are, may be weakened only by its approvers. */
export function isProtected(inForce: ProjectFile, environment: EnvironmentName): boolean {
  const spec = inForce.environments[environment];
  return spec !== undefined && isProtectedTier(spec.tier);
}

const dayMs = 86_400_000;

/**
 * Whose word a weaker file needs: that of the environment's approvers, by the rules in force; of any member where a
 * release needs none. null: there is nobody to ask.
 */
export function proposalPolicy(inForce: ProjectFile, environment: EnvironmentName): ApprovalPolicy | null {
  const approvals = rungOf(inForce, environment)?.step.approvals;
  if (approvals !== undefined) return approvals;
  if (allMembers(inForce).length === 0) return null;
  const from = Object.keys(inForce.roles) as RoleName[];
  return { count: 1, from, distinctRoles: 1, notRequester: false, expireMs: dayMs };
}

/** Who may not agree to it, because they ask for it. */
export function askersOf(
  { proposedBy, writtenBy = [] }: RulesProposal,
  policy: ApprovalPolicy,
): readonly ActorId[] {
  if (!policy.notRequester) return [];
  return proposedBy.kind === 'person' ? [proposedBy.id, ...writtenBy] : writtenBy;
}

/** Which approvals of a proposal count now, by the rules in force. */
export const countRulesApprovals = (
  proposal: RulesProposal,
  inForce: ProjectFile,
  policy: ApprovalPolicy,
  now: Instant,
): ApprovalCount => {
  // Approvals of rules and of releases are counted alike: both bind to what is asked for, by its digest.
  const subject = proposal.to as string as ReleaseId;
  const askers = askersOf(proposal, policy);
  const count = countApprovals({
    approvals: proposal.approvals
      .map(({ hash, ...one }) => ({ ...one, release: subject, planHash: hash }))
      .filter(({ by }) => !askers.includes(by)),
    policy,
    file: inForce,
    release: subject,
    planHash: proposal.hash,
    requester: proposal.proposedBy,
    now,
  });
  return { ...count, mayNot: [...new Set([...count.mayNot, ...askers])] };
};
