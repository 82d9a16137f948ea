import { remind } from '../../api/people-calls.ts';
import type { PromotionView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { Lifter } from '../../components/blocker-list.tsx';
import { listText, personName } from '../../components/names.ts';
import { useProject } from '../../shell/project-context.ts';
import { missingApprovers, promotionTitle } from './promotion-state.ts';
import { usePromotion } from './use-promotion.ts';

/** Asks those again whose approval is missing. */
export function RemindDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { project, commands, board } = useProject();
  const { promotion } = usePromotion(id);
  if (promotion === undefined) return null;
  const missing = missingApprovers(promotion);
  return (
    <ActForm
      title={`Ask again: ${promotionTitle(promotion)}`}
      effect={<Effect promotion={promotion} />}
      command={commands.remind(id)}
      submit="Ask again"
      off={
        missing === null
          ? 'No approval is missing'
          : board.viewer.roles.length === 0
            ? 'You have no role here'
            : null
      }
      run={() => remind(project, id)}
      outcome={`Asked again for the approvals of ${promotionTitle(promotion)}.`}
      onClose={onClose}
    >
      {missing !== null && (
        <p className="tinted">
          <Lifter by={missing} before="Asked again:" />
        </p>
      )}
    </ActForm>
  );
}

function Effect({ promotion }: { readonly promotion: PromotionView }) {
  const isVoid = promotion.approvals.filter((one) => one.void !== undefined);
  const kept = promotion.approvals.length - isVoid.length;
  return (
    <>
      The log and whoever follows it are told again whose approval is missing.{' '}
      {kept > 0 && `${kept === 1 ? 'The approval that counts stays' : `The ${kept} that count stay`}. `}
      {isVoid.length > 0 &&
        `What does not count is put aside: ${listText(
          isVoid.map((one) => `that of ${personName(one.by)} (${lowered(one.void ?? '')})`),
        )}.`}
    </>
  );
}

/** A sentence of the server's, inside of another one. */
const lowered = (sentence: string): string =>
  `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
