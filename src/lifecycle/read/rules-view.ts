import type { Environment } from '../../domain/environment.ts';
import type { Instant } from '../../domain/ids.ts';
import { countRulesApprovals, proposalPolicy, type RulesProposal } from '../../domain/rules/index.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { peopleOf } from '../../domain/roles.ts';
import type { Reader } from '../../engine/store.ts';
import { rulesFor, waitingProposal } from '../lookup.ts';
import type { RulesProposalView, RulesView } from '../rules-views.ts';

/** What rules an environment now, and what waits to. */
export async function rulesView(tx: Reader, environment: Environment, now: Instant): Promise<RulesView> {
  const kept = await tx.get(environment.project, 'rules', environment.rules.file);
  return {
    environment: environment.name,
    ...environment.rules,
    text: kept?.value.text ?? '',
    proposal: await waitingRules(tx, environment, now),
  };
}

/** The file that waits for the environment's approvers, and who is missing; null where none does. */
export async function waitingRules(
  tx: Reader,
  environment: Environment,
  now: Instant,
): Promise<RulesProposalView | null> {
  const waiting = await waitingProposal(tx, environment);
  if (waiting === null) return null;
  return proposalView(waiting.value, await rulesFor(tx, environment), environment, now);
}

function proposalView(
  proposal: RulesProposal,
  inForce: ProjectFile,
  environment: Environment,
  now: Instant,
): RulesProposalView {
  const policy = proposalPolicy(inForce, environment.name);
  const count = policy === null ? null : countRulesApprovals(proposal, inForce, policy, now);
  return {
    id: proposal.id,
    hash: proposal.hash,
    changes: proposal.changes,
    proposedBy: proposal.proposedBy,
    proposedAt: proposal.proposedAt,
    approvals: proposal.approvals.map(({ by, roles, at }) => ({ by, roles, at })),
    needed: policy?.count ?? 0,
    missingPeople: count?.missingPeople ?? 0,
    missingRoles: count?.missingRoles ?? 0,
    approvers: peopleOf(inForce, policy?.from ?? [], count?.mayNot),
  };
}
