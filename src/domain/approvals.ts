import type { Actor } from './actor.ts';
import type { ActorId, Digest, Instant, ReleaseId, RoleName } from './ids.ts';
import type { ApprovalPolicy, ProjectFile } from './project-file/types.ts';
import type { Approval } from './promotion.ts';
import { rolesOf } from './roles.ts';

export interface ApprovalCount {
  /** Those that count: one a person, of this release and plan, not expired, by somebody who still has the role. */
  readonly counted: readonly Approval[];
  readonly missingPeople: number;
  /** Different roles still missing once there are enough people. */
  readonly missingRoles: number;
  /** People whose approval could not count (again). */
  readonly mayNot: readonly ActorId[];
}

export interface ApprovalFacts {
  readonly approvals: readonly Approval[];
  readonly policy: ApprovalPolicy;
  readonly file: Pick<ProjectFile, 'roles'>;
  readonly release: ReleaseId;
  readonly planHash: Digest;
  readonly requester: Actor;
  readonly now: Instant;
}

/** REL-3: which approvals count, and how many are missing. */
export function countApprovals(facts: ApprovalFacts): ApprovalCount {
  const { policy } = facts;
  const barred = policy.notRequester && facts.requester.kind === 'person' ? [facts.requester.id] : [];
  const byPerson = new Map<ActorId, Approval>();
  for (const approval of facts.approvals)
    if (fits(approval, facts) && !barred.includes(approval.by)) byPerson.set(approval.by, approval);
  const counted = [...byPerson.values()];
  const holders = counted.map((approval) => eligibleRoles(approval.by, facts));
  return {
    counted,
    missingPeople: Math.max(0, policy.count - counted.length),
    missingRoles: Math.max(0, policy.distinctRoles - distinctRoles(holders)),
    mayNot: [...new Set([...barred, ...byPerson.keys()])],
  };
}

const fits = (approval: Approval, facts: ApprovalFacts): boolean =>
  approval.release === facts.release &&
  approval.planHash === facts.planHash &&
  approval.at + facts.policy.expireMs > facts.now &&
  eligibleRoles(approval.by, facts).length > 0;

const eligibleRoles = (person: ActorId, facts: Pick<ApprovalFacts, 'file' | 'policy'>): readonly RoleName[] =>
  rolesOf(facts.file, person).filter((role) => facts.policy.from.includes(role));

/**
 * The most different roles these people can stand for when each stands for one: a maximum bipartite matching, found
 * by augmenting paths. Somebody with two roles must not fill both.
 */
export function distinctRoles(holders: readonly (readonly RoleName[])[]): number {
  const takenBy = new Map<RoleName, number>();
  const place = (person: number, tried: Set<RoleName>): boolean => {
    for (const role of holders[person] ?? []) {
      if (tried.has(role)) continue;
      tried.add(role);
      const holder = takenBy.get(role);
      if (holder === undefined || place(holder, tried)) {
        takenBy.set(role, person);
        return true;
      }
    }
    return false;
  };
  return holders.filter((_, person) => place(person, new Set())).length;
}
