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
  const { changes, approvals } = proposal;
  const given = approvals.length === 0 ? '' : `; given by ${listed(approvals.map(({ by }) => by))}`;
  return [
    `  ${look.style.warning('◷ a weaker file waits')}, proposed ${ago(proposal.proposedAt, look)} by ${actorName(proposal.proposedBy)}`,
    ...changes.map((change) => `  ${changeLine(change, look)}`),
    `    ${missingText(proposal)}${given}`,
    `    ${approversText(proposal)}: rung rules approve ${environment}`,
  ];
}

/** Of whom it waits for, as much as a line or two say. */
interface Missing {
  readonly missingPeople: number;
  readonly missingRoles: number;
  readonly needed: number;
  readonly approvers: { readonly kind: string; readonly members?: readonly string[] };
}

/** That a file waits and for how much; then what to type, and who may. */
export const waitingFileLines = (environment: string, proposal: Missing): readonly [string, string] => [
  `a weaker project file waits: ${missingText(proposal)}`,
  `rung rules approve ${environment}, by ${approversText(proposal)}`,
];

const missingText = ({ missingPeople, missingRoles, needed }: Missing): string =>
  missingPeople > 0
    ? `${counted(missingPeople, 'approval', 'approvals')} missing of ${String(needed)}`
    : `${counted(missingRoles, 'more role', 'more roles')} missing among the approvers`;

const approversText = ({ approvers }: Missing): string =>
  approvers.members === undefined ? 'its approvers' : listed(approvers.members, 'or');
