import { useState } from 'react';
import { approve } from '../../api/calls.ts';
import type { BoardView, PromotionView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { BlockerList } from '../../components/blocker-list.tsx';
import { FailureDialog } from '../../components/failure-dialog.tsx';
import { ActorName } from '../../components/person.tsx';
import { ReasonField } from '../../components/reason-field.tsx';
import { isBehind } from '../../components/whose.ts';
import { useProject } from '../../shell/project-context.ts';
import { Relative } from '../../time/moment.tsx';
import { PassedOver } from './emergency.tsx';
import { GateList } from '../gate/gate-list.tsx';
import { Evidence } from './evidence.tsx';
import { Notes, PlanTable } from './plan-table.tsx';
import { approvalsText, promotionTitle } from './promotion-state.ts';
import { usePromotion } from './use-promotion.ts';

interface IdDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One page with the change, the evidence and the button. What is approved is the plan that is shown, and no other. */
export function ApproveDialog({ id, onClose }: IdDialogProps) {
  const { promotion, error } = usePromotion(id);
  if (error !== null) return <FailureDialog title="Approve" error={error} onClose={onClose} />;
  return promotion === undefined ? null : <ApproveForm promotion={promotion} onClose={onClose} />;
}

function ApproveForm({
  promotion,
  onClose,
}: {
  readonly promotion: PromotionView;
  readonly onClose: () => void;
}) {
  const { project, board, commands } = useProject();
  const [comment, setComment] = useState('');
  const [seen] = useState(promotion.plan);
  const { environment, release } = promotion;
  const emergency = promotion.emergency !== undefined;
  const verb = emergency ? 'Confirm' : 'Approve';
  return (
    <ActForm
      title={`${verb} ${promotionTitle(promotion)}?`}
      effect={<Asked promotion={promotion} />}
      command={commands.approve(environment, comment, emergency)}
      submit={`${verb} ${release.version} for ${environment}`}
      off={offOf(promotion, board) ?? changedOff(seen, promotion)}
      run={() =>
        approve(project, promotion.id, {
          planHash: seen.hash,
          comment: comment.trim(),
          emergency,
        })
      }
      outcome={`You ${emergency ? 'confirmed' : 'approved'} ${release.version} for ${environment}.`}
      onClose={onClose}
      wide
    >
      <section>
        <h3>What changes</h3>
        <PlanTable plan={seen} />
      </section>
      <section>
        <h3>What is new in it</h3>
        <Notes notes={promotion.notes} />
      </section>
      <section>
        <h3>What speaks for it</h3>
        <Evidence promotion={promotion} />
        <GateList gates={promotion.admission.gates} release={release.version} to={null} />
      </section>
      <PassedOver promotion={promotion} />
      <Remaining promotion={promotion} />
      <ReasonField label="Comment" hint="if you like" value={comment} onChange={setComment} />
    </ActForm>
  );
}

const Asked = ({ promotion }: { readonly promotion: PromotionView }) => (
  <>
    Asked by <ActorName actor={promotion.requestedBy} /> <Relative at={promotion.requestedAt} />
    {promotion.reason !== '' && `: “${promotion.reason}”`}.{' '}
    {promotion.emergency === undefined
      ? `${approvalsText(promotion) ?? 'No approval is needed'}.`
      : 'It needs a second person.'}{' '}
    Your word holds for this plan alone: when the plan changes, it is void.
  </>
);

function Remaining({ promotion }: { readonly promotion: PromotionView }) {
  const others = promotion.admission.blockers.filter(
    ({ kind }) => kind !== 'approvals' && kind !== 'emergency',
  );
  if (others.length === 0) return null;
  return (
    <section>
      <h3>Still missing besides your word</h3>
      <BlockerList blockers={others} />
    </section>
  );
}

function offOf(
  { id, state, emergency, requestedBy }: PromotionView,
  { asked, viewer }: Pick<BoardView, 'asked' | 'viewer'>,
): string | null {
  if (state.phase !== 'waiting') return 'It waits for nobody any more';
  if (asked.includes(id)) return null;
  return emergency !== undefined && isBehind(requestedBy, viewer)
    ? 'Not yours: whoever asked for it, as whomever they act, is no second person'
    : 'Your approval is not asked for';
}

/** The plan may be made anew while somebody reads it: they agree to what they read, or look again. */
const changedOff = (seen: PromotionView['plan'], { plan }: PromotionView): string | null =>
  seen.hash === plan.hash ? null : 'The plan has changed since you opened this: close it and look again';
