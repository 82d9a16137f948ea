export { changeText, isWeaker, type RuleChange, type RuleEffect } from './change.ts';
export { compareRules } from './compare.ts';
export {
  askersOf,
  countRulesApprovals,
  isProtected,
  type ProposalId,
  proposalHash,
  proposalPolicy,
  type ProposalState,
  type RulesApproval,
  type RulesProposal,
} from './proposal.ts';
