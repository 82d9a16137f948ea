import type { ProjectId } from '../domain/ids.ts';
import type { Caller } from './face.ts';
import type { RulesComparison, RulesView } from './rules-views.ts';

/** Rules in force: which project file rules which environment, and what waits to. */
export interface RulesFace {
  rulesInForce(project: ProjectId, environment: string): Promise<RulesView>;
  /** What another project file would change, environment by environment; changes nothing. */
  compareRules(project: ProjectId, text: string): Promise<readonly RulesComparison[]>;
  /** Accepts a project file where it weakens nothing that is protected; there it waits for approval. */
  applyRules(
    project: ProjectId,
    ask: { readonly text: string; readonly branch?: string | undefined },
    caller: Caller,
  ): Promise<readonly RulesView[]>;
  /** `hash` is what the approver saw; conflict `plan-changed` when another file waits now. */
  approveRules(
    project: ProjectId,
    environment: string,
    ask: { readonly hash: string; readonly comment?: string | undefined },
    caller: Caller,
  ): Promise<RulesView>;
  /** `hash`, where it is given, is what was looked at; conflict `plan-changed` when another file waits now. */
  rejectRules(
    project: ProjectId,
    environment: string,
    ask: { readonly reason: string; readonly hash?: string | undefined },
    caller: Caller,
  ): Promise<RulesView>;
}
