import type { Delegation } from '../domain/delegation.ts';
import type { Instant, ProjectId, PromotionId } from '../domain/ids.ts';
import type { Caller } from './face.ts';
import type { PromotionView } from './views.ts';

export type DelegationView = Omit<Delegation, 'project'>;

/** Who approves when somebody is away, and asking them once more. */
export interface PeopleFace {
  /** Of roles that the caller holds, all of them unless named, from now on. Invalid `delegation-invalid`. */
  delegate(project: ProjectId, ask: AskDelegation, caller: Caller): Promise<DelegationView>;
  /** Those that stand, those that end last first; latest ones that are over may be among them. */
  delegations(project: ProjectId): Promise<readonly DelegationView[]>;
  /** By either of the two; approvals given by it that are still needed are void. */
  revokeDelegation(
    project: ProjectId,
    id: string,
    ask: { readonly reason: string },
    caller: Caller,
  ): Promise<DelegationView>;
  /** A new round for the same plan: what is void is put aside, and who is missing is told again. */
  remind(project: ProjectId, id: PromotionId, caller: Caller): Promise<PromotionView>;
}

export interface AskDelegation {
  readonly to: string;
  readonly until: Instant;
  readonly roles?: readonly string[] | undefined;
  readonly reason: string;
}
