import type { ActorId, Branded, Instant, ProjectId, RoleName } from './ids.ts';
import type { ProjectFile } from './project-file/types.ts';
import { rolesAmong } from './roles.ts';

export type DelegationId = Branded<string, 'DelegationId'>;

/** Somebody stands in for somebody who is away, in roles that the latter holds. */
export interface Delegation {
  readonly id: DelegationId;
  readonly project: ProjectId;
  readonly by: ActorId;
  readonly to: ActorId;
  readonly roles: readonly RoleName[];
  /** From `at` to before `until`. */
  readonly at: Instant;
  readonly until: Instant;
  readonly reason: string;
  readonly revoked: { readonly by: ActorId; readonly at: Instant; readonly reason: string } | null;
}

export const longestDelegationMs = 60 * 24 * 3_600_000;

/** Whom a person stands in for at a time, and in which roles that those people hold still. Never handed on. */
export function standsInFor(
  delegations: readonly Delegation[],
  file: Pick<ProjectFile, 'roles'>,
  person: ActorId,
  at: Instant,
): readonly { readonly absent: ActorId; readonly roles: readonly RoleName[] }[] {
  return delegations
    .filter((one) => one.to === person && one.revoked === null && one.at <= at && at < one.until)
    .map(({ by, roles }) => ({
      absent: by,
      roles: rolesAmong(file, by, roles),
    }))
    .filter(({ roles }) => roles.length > 0);
}
