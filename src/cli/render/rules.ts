import { actorName } from '../../domain/actor.ts';
import type { RuleChange } from '../../domain/rules/index.ts';
import type { RulesComparison, RulesProposalView, RulesView } from '../rung-client.ts';
import { shortDigest } from './digest.ts';
import { counted, listed } from './figures.ts';
import type { Look } from './look.ts';
import { ago } from './time.ts';

/** What another file would change, environment by environment. */
export function comparisonLines(all: readonly RulesComparison[], look: Look): readonly string[] {
  const changed = all.filter(({ changes }) => changes.length > 0);
  if (changed.length === 0) return ['This file changes no rules.'];
  return changed.flatMap(({ environment, changes, needsApproval }) => {
    const title = `${look.style.strong(environment)}${needsApproval ? look.style.warning('  needs its approvers') : ''}`;
    return [title].concat(changes.map((change) => changeLine(change, look)));
  });
}

function changeLine({ what, from, to, effect }: RuleChange, { style }: Look): string {
  const signs = {
    weakens: style.bad('▼ weaker '),
    strengthens: style.good('▲ safer  '),
    neither: '· change ',
  };
  return `  ${signs[effect]} ${what} ${from ?? 'none'} → ${to ?? 'none'}`;
}

/** What is in force, and what waits. */
export const rulesLines = (view: RulesView, look: Look): readonly string[] => [
  `${look.style.strong(view.environment)} is ruled by the file ${shortDigest(view.file)} of ${view.branch}, accepted ${ago(view.acceptedAt, look)} by ${actorName(view.acceptedBy)}`,
  ...(view.proposal === null ? [] : proposalLines(view.environment, view.proposal, look)),
];

export function proposalLines(
  environment: string,
  proposal: RulesProposalView,
  look: Look,
): readonly string[] {
  const { changes, missingPeople, missingRoles, needed, approvals, approvers } = proposal;
  const given = approvals.length === 0 ? '' : `; given by ${listed(approvals.map(({ by }) => by))}`;
  const missing =
    missingPeople > 0
      ? `${counted(missingPeople, 'approval', 'approvals')} missing of ${String(needed)}`
      : `${counted(missingRoles, 'more role', 'more roles')} missing among the approvers`;
  const who = approvers.kind === 'people' ? listed(approvers.members, 'or') : '';
  return [
    `  ${look.style.warning('◷ a weaker file waits')}, proposed ${ago(proposal.proposedAt, look)} by ${actorName(proposal.proposedBy)}`,
    ...changes.map((change) => `  ${changeLine(change, look)}`),
    `    ${missing}${given}`,
    `    ${who}: rung rules approve ${environment}`,
  ];
}
