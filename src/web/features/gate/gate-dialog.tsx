import type { GateAct } from '../../shell/act.ts';
import { CreateChangeDialog } from '../change/change-form-dialog.tsx';
import { AskGateDialog } from './ask-gate-dialog.tsx';
import { ChecklistDialog } from './checklist-dialog.tsx';
import { RollbackPlanDialog } from './rollback-plan-dialog.tsx';
import { UatDialog } from './uat-dialog.tsx';
import { UploadDialog } from './upload-dialog.tsx';
import { WaiveDialog } from './waive-dialog.tsx';
import './gate-form.css';

interface GateDialogProps {
  readonly act: GateAct;
  readonly onClose: () => void;
}

/** The form in which a person opens a gate. */
export function GateDialog({ act, onClose }: GateDialogProps) {
  switch (act.act) {
    case 'waive':
      return <WaiveDialog release={act.release} to={act.to} gate={act.gate} onClose={onClose} />;
    case 'ask-gate':
      return <AskGateDialog release={act.release} to={act.to} gate={act.gate} onClose={onClose} />;
    case 'checklist':
      return <ChecklistDialog release={act.release} to={act.to} gate={act.gate} onClose={onClose} />;
    case 'rollback-plan':
      return <RollbackPlanDialog release={act.release} to={act.to} onClose={onClose} />;
    case 'change':
      return <CreateChangeDialog release={act.release} to={act.to} onClose={onClose} />;
    case 'uat':
      return <UatDialog release={act.release} environment={act.on} onClose={onClose} />;
    case 'upload':
      return <UploadDialog release={act.release} onClose={onClose} />;
  }
}
