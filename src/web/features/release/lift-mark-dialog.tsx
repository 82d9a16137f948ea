import { useState } from 'react';
import { liftMark } from '../../api/calls.ts';
import { ActForm } from '../../components/act-form.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';

interface LiftMarkDialogProps {
  readonly release: string;
  readonly onClose: () => void;
}

export function LiftMarkDialog({ release, onClose }: LiftMarkDialogProps) {
  const { project, commands } = useProject();
  const [reason, setReason] = useState('');
  return (
    <ActForm
      title={`Lift the mark of ${release}`}
      effect={`${release} was taken back. Without its mark it may be promoted again, by automation too. What it did then stays in the log.`}
      command={commands.liftMark(release, reason)}
      submit={`Let ${release} be tried again`}
      tone="bad"
      off={needReason(reason)}
      run={() => liftMark(project, release, reason.trim())}
      outcome={`${release} is no longer marked.`}
      onClose={onClose}
    >
      <ReasonField needed label="Why" hint="it goes into the log" value={reason} onChange={setReason} />
    </ActForm>
  );
}
