import type { Blocker, PromotionView } from '../../api/views.ts';
import { listText, personName } from '../../components/names.ts';
import type { Tone } from '../../components/state-mark.tsx';

/** How a promotion stands, in words and with its mark. */
export function promotionWords(promotion: PromotionView): { readonly tone: Tone; readonly text: string } {
  const { state } = promotion;
  switch (state.phase) {
    case 'waiting':
      return { tone: 'warn', text: 'Waiting' };
    case 'running':
      return { tone: 'live', text: 'Rolling out' };
    case 'succeeded':
      return { tone: 'ok', text: 'Succeeded' };
    case 'rolled back':
      return { tone: 'bad', text: 'Taken back' };
    case 'failed':
      return { tone: 'bad', text: 'Failed' };
    case 'rejected':
      return { tone: 'bad', text: 'Rejected' };
    case 'superseded':
      return { tone: 'off', text: 'Superseded' };
    case 'withdrawn':
      return { tone: 'off', text: 'Withdrawn' };
  }
}

/** `1.3.0 into prod`, `prod back to 1.2.1`, `Emergency: 1.3.1 into prod` */
export const promotionTitle = ({ kind, release, environment, emergency }: PromotionView): string =>
  emergency !== undefined
    ? `Emergency: ${release.version} into ${environment}`
    : kind === 'rollback'
      ? `${environment} back to ${release.version}`
      : `${release.version} into ${environment}`;

/** `approved by Bo and Cy`; null where nobody was asked. */
export const approvedByText = ({ approvals }: PromotionView): string | null =>
  approvals.length === 0 ? null : `approved by ${listText(approvals.map((one) => personName(one.by)))}`;

/** `1 of 2 approvals given (Cy)`; null where none is needed. */
export function approvalsText({ approvals, approvalsNeeded }: PromotionView): string | null {
  if (approvalsNeeded === 0) return null;
  const by = approvals.filter((one) => one.void === undefined).map((one) => personName(one.by));
  return `${by.length} of ${approvalsNeeded} approvals given${by.length > 0 ? ` (${by.join(', ')})` : ''}`;
}

/** Whose approval is missing; null where none is. */
export function missingApprovers({
  admission,
}: PromotionView): Extract<Blocker['liftedBy'], { readonly kind: 'people' }> | null {
  const by = admission.blockers.find(({ kind }) => kind === 'approvals')?.liftedBy;
  return by?.kind === 'people' ? by : null;
}
