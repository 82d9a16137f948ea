import { type Actor, peopleBehind } from './actor.ts';
import type { Blocker } from './admission.ts';
import { type Digest, type Instant, later, type RoleName } from './ids.ts';
import type { EmergencyPolicy, ProjectFile } from './project-file/types.ts';
import { rolesAmong } from './roles.ts';

type Person = Actor & { readonly kind: 'person' };

/** What makes a promotion an emergency (REL-12), and stays with it for ever. */
export interface Emergency {
  /** It has to have started by then; else it ends by itself. */
  readonly expiresAt: Instant;
  /** The second person; null until there is one. */
  readonly confirmed: EmergencyConfirmation | null;
  /** All that would have stood in the way when it started. Absent before. */
  readonly passedOver?: readonly Blocker[];
}

/** Binds to the plan that the second person saw. */
export interface EmergencyConfirmation {
  readonly by: Person;
  readonly roles: readonly RoleName[];
  readonly planHash: Digest;
  readonly at: Instant;
  readonly comment: string;
}

export const emergencyMs = 3_600_000;

export const askedNow = (now: Instant): Emergency => ({
  expiresAt: later(now, emergencyMs),
  confirmed: null,
});

type Roles = Pick<ProjectFile, 'roles'>;

/** The roles by which somebody may ask, or confirm. In an emergency nobody stands in for anybody. */
export const emergencyRoles = (
  file: Roles,
  { id }: Person,
  named: EmergencyPolicy['from'],
): readonly RoleName[] => rolesAmong(file, id, named);

/** Whether one human being sits behind both, be it by acting as somebody. */
export const isSamePerson = (one: Actor, other: Actor): boolean =>
  peopleBehind(one).some((id) => peopleBehind(other).includes(id));

/** Whether the second person's word holds now: of this plan, by another one than who asked, who still may. */
export function isConfirmed(
  { confirmed }: Emergency,
  policy: EmergencyPolicy,
  around: { readonly file: Roles; readonly requester: Actor; readonly planHash: Digest },
): boolean {
  return (
    confirmed !== null &&
    confirmed.planHash === around.planHash &&
    !isSamePerson(confirmed.by, around.requester) &&
    emergencyRoles(around.file, confirmed.by, policy.second).length > 0
  );
}
