import type { DelegationView, ViewerView } from '../../api/views.ts';
import { listText, personName, roleName } from '../../components/names.ts';
import { actingId } from '../../components/whose.ts';

/** The API takes no longer one. */
const longestMs = 60 * 24 * 3_600_000;

/** What is wrong with who is to stand in; null where nothing is. */
export function standInWrong(person: string, viewer: ViewerView): string | null {
  if (person === '') return 'Say who stands in for you';
  if (person === actingId(viewer)) return 'Nobody stands in for themselves';
  // Who the members are is known on a laptop alone; elsewhere the server says.
  const isKnown = viewer.mayActAs.length === 0 || viewer.mayActAs.some(({ id }) => id === person);
  return isKnown ? null : `${person} has no role in this project`;
}

/** What is wrong with its end; null where nothing is. */
export function endWrong(until: number | null, now: number): string | null {
  if (until === null) return 'Say when you are back';
  if (until <= now) return 'That is over already';
  return until - now > longestMs ? 'That is more than 60 days away' : null;
}

export const isStanding = ({ until, revoked }: DelegationView, now: number): boolean =>
  revoked === null && until > now;

/** `Bo stands in for Ada as engineering lead and qa lead` */
export const delegationText = ({ by, to, roles }: DelegationView): string =>
  `${personName(to)} stands in for ${personName(by)} as ${listText(roles.map(roleName))}`;

/** Why the viewer cannot end it; null where they can. */
export function endOff({ by, to }: DelegationView, viewer: ViewerView): string | null {
  const me = actingId(viewer);
  return me === by || me === to ? null : `Not yours: ask ${personName(by)} or ${personName(to)}`;
}
