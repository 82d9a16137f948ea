import { useState } from 'react';
import { reject } from '../../api/calls.ts';
import { ActForm } from '../../components/act-form.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { promotionTitle } from './promotion-state.ts';
import { usePromotion } from './use-promotion.ts';

/** Ends a promotion that waits. */
export function RejectDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { project, commands } = useProject();
  const { promotion } = usePromotion(id);
  const [reason, setReason] = useState('');
  if (promotion === undefined) return null;
  const { environment, release, approvals } = promotion;
  return (
    <ActForm
      title={`Reject ${promotionTitle(promotion)}?`}
      effect={`The promotion ends${approvals.length > 0 ? ', and the approvals given are lost' : ''}. ${environment} stays as it is. Whoever wants it must ask again.`}
      command={commands.reject(environment, reason)}
      submit={`Reject ${release.version}`}
      tone="bad"
      off={needReason(reason)}
      run={() => reject(project, id, reason.trim())}
      outcome={`You rejected ${release.version} for ${environment}.`}
      onClose={onClose}
    >
      <ReasonField needed label="Why" hint="the one who asked reads it" value={reason} onChange={setReason} />
    </ActForm>
  );
}
