import { withdraw } from '../../api/calls.ts';
import { ActForm } from '../../components/act-form.tsx';
import { useProject } from '../../shell/project-context.ts';
import { promotionTitle } from './promotion-state.ts';
import { usePromotion } from './use-promotion.ts';

/** Takes one's own request back. */
export function WithdrawDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { project, commands } = useProject();
  const { promotion } = usePromotion(id);
  if (promotion === undefined) return null;
  return (
    <ActForm
      title={`Withdraw ${promotionTitle(promotion)}?`}
      effect={`It no longer waits${promotion.approvals.length > 0 ? ', and the approvals given are lost' : ''}. ${promotion.environment} stays as it is.`}
      command={commands.withdraw(id)}
      submit="Withdraw it"
      tone="bad"
      off={promotion.state.phase === 'waiting' ? null : 'It does not wait any more'}
      run={() => withdraw(project, id)}
      outcome={`${promotionTitle(promotion)}: withdrawn.`}
      onClose={onClose}
    />
  );
}
