import type { EnvironmentView, ViewerView } from '../../api/views.ts';
import { actingId, offFor } from '../../components/whose.ts';

/** A project file that would weaken an environment, and waits for those who may agree to it (INF-7). */
export type Proposal = NonNullable<EnvironmentView['rules']['waiting']>;

/** Why the viewer cannot agree to it; null where they can. */
export const agreeOff = ({ approvers, approvals }: Proposal, viewer: ViewerView): string | null =>
  approvals.some(({ by }) => by === actingId(viewer)) ? 'You agreed already' : offFor(approvers, viewer);

/** `approvals 2 → 1` */
export const ruleText = ({ what, from, to }: Proposal['changes'][number]): string =>
  `${what} ${from ?? 'nothing'} → ${to ?? 'nothing'}`;
