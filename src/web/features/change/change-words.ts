import type { ChangeRequestView, ViewerView } from '../../api/views.ts';
import { actorText, listText, roleName } from '../../components/names.ts';
import type { Tone } from '../../components/state-mark.tsx';
import { actingId } from '../../components/whose.ts';

const phases: Record<ChangeRequestView['state']['phase'], { readonly tone: Tone; readonly text: string }> = {
  open: { tone: 'warn', text: 'Not approved yet' },
  approved: { tone: 'ok', text: 'Approved' },
  rejected: { tone: 'bad', text: 'Rejected' },
  implementing: { tone: 'live', text: 'Being carried out' },
  closed: { tone: 'off', text: 'Closed' },
};

/** How a change request stands, with its mark and a word. */
export const changeWords = ({ state }: Pick<ChangeRequestView, 'state'>) => phases[state.phase];

/** Whether it can still be changed, approved and rejected. */
export const isUndecided = ({ state }: Pick<ChangeRequestView, 'state'>): boolean =>
  state.phase === 'open' || state.phase === 'approved';

/** Whether another one for the same release and environment would be one too many. */
export const isLive = (change: Pick<ChangeRequestView, 'state'>): boolean =>
  isUndecided(change) || change.state.phase === 'implementing';

/** Why the viewer cannot approve it; null where they can. */
export function approveOff(change: ChangeRequestView, viewer: ViewerView): string | null {
  if (!isUndecided(change)) return 'It is decided';
  const me = actingId(viewer);
  if (me !== null && change.authors.includes(me)) return 'Not yours: whoever wrote it may not approve it';
  if (change.approvals.some((one) => one.by === me && one.counts)) return 'You approved it already';
  const may = change.approvers.length === 0 || viewer.roles.some((one) => change.approvers.includes(one));
  if (viewer.roles.length > 0 && may) return null;
  return change.approvers.length === 0
    ? 'You have no role here'
    : `Not yours: ask somebody who is ${listText(change.approvers.map(roleName), 'or')}`;
}

/** `normal change, medium risk, asked by Ada` */
export const changeLine = ({ form, requestedBy }: ChangeRequestView): string =>
  `${form.type} change, ${form.risk} risk, asked by ${actorText(requestedBy)}`;
