import type { Actor } from './actor.ts';
import { type Delegation, standsInFor } from './delegation.ts';
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
  /** Absent: nobody stands in for anybody. */
  readonly delegations?: readonly Delegation[];
  readonly now: Instant;
}

/** REL-3: which approvals count, and how many are missing. */
export function countApprovals(facts: ApprovalFacts): ApprovalCount {
  const { policy } = facts;
  const standing: Standing[] = [];
  for (const approval of facts.approvals) {
    const roles = eligibleRoles(approval, facts);
    if (whyVoid(approval, roles, facts) === null) standing.push({ approval, roles });
  }
  const { counted, used } = withoutDoubles(standing);
  const holders = counted.map(({ roles }) => roles);
  return {
    counted: counted.map(({ approval }) => approval),
    missingPeople: Math.max(0, policy.count - counted.length),
    missingRoles: Math.max(0, policy.distinctRoles - distinctRoles(holders)),
    mayNot: [...barredBy(facts), ...used],
  };
}

/** An approval that counts by itself, with the roles it can stand for. */
interface Standing {
  readonly approval: Approval;
  readonly roles: readonly RoleName[];
}

/** Who gave an approval, and for whom: one or two people. */
const peopleIn = ({ by, standingInFor }: Approval): readonly ActorId[] =>
  standingInFor === undefined ? [by] : [by, standingInFor];

const isForAnother = ({ approval }: Standing): number => (approval.standingInFor === undefined ? 0 : 1);

/** Whoever is behind one approval, on either side of a delegation, is behind no other. One's own word goes first. */
function withoutDoubles(standing: readonly Standing[]) {
  const used: ActorId[] = [];
  const counted = standing
    .toSorted((left, right) => isForAnother(left) - isForAnother(right))
    .filter(({ approval }) => {
      const people = peopleIn(approval);
      if (people.some((person) => used.includes(person))) return false;
      used.push(...people);
      return true;
    });
  return { counted, used };
}

/** Never among those whose approval counts. */
const barredBy = ({ policy, requester }: ApprovalFacts): readonly ActorId[] =>
  policy.notRequester && requester.kind === 'person' ? [requester.id] : [];

const isBarred = ({ policy, requester }: ApprovalFacts, person: ActorId | undefined): boolean =>
  policy.notRequester && requester.kind === 'person' && requester.id === person;

/** Why an approval does not count by itself, as a sentence; null where it does. */
export const voidBecause = (approval: Approval, facts: ApprovalFacts): string | null =>
  whyVoid(approval, eligibleRoles(approval, facts), facts);

function whyVoid(approval: Approval, roles: readonly RoleName[], facts: ApprovalFacts): string | null {
  if (approval.release !== facts.release || approval.planHash !== facts.planHash)
    return 'The plan has changed since.';
  if (approval.at + facts.policy.expireMs <= facts.now) return 'It has expired.';
  if (isBarred(facts, approval.by) || isBarred(facts, approval.standingInFor))
    return 'Whoever asked for it may not approve it.';
  if (roles.length > 0) return null;
  return approval.standingInFor === undefined
    ? `${approval.by} has none of the roles any more.`
    : `${approval.by} does not stand in for ${approval.standingInFor} any more.`;
}

const eligibleRoles = (
  approval: Approval,
  { file, policy, delegations = [] }: ApprovalFacts,
): readonly RoleName[] => {
  const roles =
    approval.standingInFor === undefined
      ? rolesOf(file, approval.by)
      : standsInFor(delegations, file, approval.by, approval.at)
          .filter(({ absent }) => absent === approval.standingInFor)
          .flatMap((one) => one.roles);
  return roles.filter((role) => policy.from.includes(role));
};

/**
 * The most different roles these people can stand for when each stands for one: a maximum bipartite matching, found
 * by augmenting paths. Somebody with two roles must not fill both.
 */
export function distinctRoles(holders: readonly (readonly RoleName[])[]): number {
  const takenBy = new Map<RoleName, number>();
  const place = (person: number, tried: RoleName[]): boolean => {
    for (const role of holders[person] ?? []) {
      if (tried.includes(role)) continue;
      tried.push(role);
      const holder = takenBy.get(role);
      if (holder === undefined || place(holder, tried)) {
        takenBy.set(role, person);
        return true;
      }
    }
    return false;
  };
  return holders.filter((_, person) => place(person, [])).length;
}
