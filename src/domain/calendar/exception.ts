import type { ActorId, EnvironmentId, Instant, ProjectId, RoleName } from '../ids.ts';
import { rolesAmong } from '../roles.ts';
import type { ProjectFile } from '../project-file/types.ts';
import type { CalendarException } from './calendar.ts';
import { dayMs } from './zone-clock.ts';

/** An exception as it was made, for ever; what counts of it is `CalendarException`. */
export interface MadeException extends CalendarException {
  readonly project: ProjectId;
  readonly environment: EnvironmentId;
  /** The roles in which it was made. */
  readonly roles: readonly RoleName[];
  readonly at: Instant;
  /** Null: it stands. */
  readonly revoked: { readonly by: ActorId; readonly at: Instant; readonly reason: string } | null;
}

/** An exception is for one occasion: what is to be open again and again is a window. */
export const longestExceptionMs = 14 * dayMs;
/** How far ahead one may begin. */
export const furthestExceptionMs = 365 * dayMs;
/** That stand and are not over, of one environment. */
export const mostExceptions = 50;

/** Those that count: not revoked, and by somebody who may still make them. */
export function standingExceptions(
  made: readonly MadeException[],
  file: Pick<ProjectFile, 'roles'>,
  mayExcept: readonly RoleName[],
): readonly CalendarException[] {
  return made
    .filter((one) => one.revoked === null && exceptingRoles(file, mayExcept, one.by).length > 0)
    .map(({ id, from, to, by, reason }) => ({ id, from, to, by, reason }));
}

/** The roles in which a person may make exceptions; none: they may not. */
export const exceptingRoles = (
  file: Pick<ProjectFile, 'roles'>,
  mayExcept: readonly RoleName[],
  person: ActorId,
): readonly RoleName[] => rolesAmong(file, person, mayExcept);
