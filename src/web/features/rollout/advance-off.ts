import type { RolloutView } from '../../api/views.ts';

/** Why this person cannot promote a held rollout past its evidence; null when they can. */
export function advanceOff(
  { advance }: Pick<RolloutView, 'advance'>,
  roles: readonly string[],
): string | null {
  if (advance === null) return 'It is not held any more';
  if (advance.off !== null) return advance.off;
  const isAsked = advance.roles.some((role) => roles.includes(role));
  return isAsked ? null : `Ask somebody who is ${advance.roles.join(' or ')}`;
}
