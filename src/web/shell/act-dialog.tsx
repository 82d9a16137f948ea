import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { RollbackDialog } from '../features/environment/rollback-dialog.tsx';
import { ValidateDialog } from '../features/environment/validate-dialog.tsx';
import { ApproveDialog } from '../features/promotion/approve-dialog.tsx';
import { PromoteDialog } from '../features/promotion/promote-dialog.tsx';
import { RejectDialog } from '../features/promotion/reject-dialog.tsx';
import { RemindDialog } from '../features/promotion/remind-dialog.tsx';
import { WithdrawDialog } from '../features/promotion/withdraw-dialog.tsx';
import { LiftMarkDialog } from '../features/release/lift-mark-dialog.tsx';
import { AdvanceDialog } from '../features/rollout/advance-dialog.tsx';
import { PauseDialog, ResumeDialog, TakeBackDialog } from '../features/rollout/rollout-dialogs.tsx';
import { type Act, actOf } from './act.ts';
import { useAct } from './use-act.ts';

/** Forms that few pages need are fetched with the first of them. */
const GateDialog = lazy(() =>
  import('../features/gate/gate-dialog.tsx').then((loaded) => ({ default: loaded.GateDialog })),
);
const EmergencyDialog = lazy(() =>
  import('../features/promotion/emergency-dialog.tsx').then((loaded) => ({
    default: loaded.EmergencyDialog,
  })),
);
const ExceptDialog = lazy(() =>
  import('../features/calendar/except-dialog.tsx').then((loaded) => ({ default: loaded.ExceptDialog })),
);
const RevokeExceptionDialog = lazy(() =>
  import('../features/calendar/revoke-exception-dialog.tsx').then((loaded) => ({
    default: loaded.RevokeExceptionDialog,
  })),
);
const DelegateDialog = lazy(() =>
  import('../features/delegation/delegate-dialog.tsx').then((loaded) => ({ default: loaded.DelegateDialog })),
);
const EndDelegationDialog = lazy(() =>
  import('../features/delegation/end-delegation-dialog.tsx').then((loaded) => ({
    default: loaded.EndDelegationDialog,
  })),
);

/** The dialog the address asks for. */
export function ActDialog() {
  const act = actOf(useSearch({ from: '__root__' }));
  const { close } = useAct();
  return act === null ? null : (
    <Suspense>
      <DialogFor key={JSON.stringify(act)} act={act} onClose={close} />
    </Suspense>
  );
}

function DialogFor({ act, onClose }: { readonly act: Act; readonly onClose: () => void }) {
  switch (act.act) {
    case 'promote':
      return <PromoteDialog release={act.release} to={act.to} onClose={onClose} />;
    case 'approve':
      return <ApproveDialog id={act.promotion} onClose={onClose} />;
    case 'reject':
      return <RejectDialog id={act.promotion} onClose={onClose} />;
    case 'withdraw':
      return <WithdrawDialog id={act.promotion} onClose={onClose} />;
    case 'validate':
      return <ValidateDialog environment={act.on} onClose={onClose} />;
    case 'rollback':
      return <RollbackDialog environment={act.on} onClose={onClose} />;
    case 'pause':
      return <PauseDialog id={act.rollout} onClose={onClose} />;
    case 'resume':
      return <ResumeDialog id={act.rollout} onClose={onClose} />;
    case 'advance':
      return <AdvanceDialog id={act.rollout} onClose={onClose} />;
    case 'take-back':
      return <TakeBackDialog id={act.rollout} onClose={onClose} />;
    case 'lift-mark':
      return <LiftMarkDialog release={act.release} onClose={onClose} />;
    case 'emergency':
      return <EmergencyDialog release={act.release} to={act.to} onClose={onClose} />;
    case 'remind':
      return <RemindDialog id={act.promotion} onClose={onClose} />;
    case 'delegate':
      return <DelegateDialog onClose={onClose} />;
    case 'end-delegation':
      return <EndDelegationDialog id={act.delegation} onClose={onClose} />;
    case 'except':
      return <ExceptDialog environment={act.on} onClose={onClose} />;
    case 'revoke-exception':
      return <RevokeExceptionDialog id={act.exception} onClose={onClose} />;
    case 'waive':
    case 'ask-gate':
    case 'checklist':
    case 'rollback-plan':
    case 'change':
    case 'uat':
    case 'upload':
      return <GateDialog act={act} onClose={onClose} />;
  }
}
