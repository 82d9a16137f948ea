import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { endDelegation } from '../../api/people-calls.ts';
import { delegationsQuery } from '../../api/queries.ts';
import { ActForm } from '../../components/act-form.tsx';
import { personName } from '../../components/names.ts';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useNow } from '../../time/now.ts';
import { delegationText, endOff, isStanding } from './delegation-words.ts';

interface EndDelegationDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** Ends a delegation before its time, as either of the two. */
export function EndDelegationDialog({ id, onClose }: EndDelegationDialogProps) {
  const { project, board, commands } = useProject();
  const { data } = useQuery(delegationsQuery(project));
  const now = useNow();
  const [reason, setReason] = useState('');
  const delegation = data?.find((one) => one.id === id);
  if (delegation === undefined) return null;
  const { by, to } = delegation;
  return (
    <ActForm
      title={`End that ${delegationText(delegation)}?`}
      effect={`${personName(to)} no longer approves in the name of ${personName(by)}. What was approved so counts no more for what still waits.`}
      command={commands.endDelegation(id, reason)}
      submit="End it"
      tone="bad"
      off={
        isStanding(delegation, now)
          ? (endOff(delegation, board.viewer) ?? needReason(reason))
          : 'It is over already'
      }
      run={() => endDelegation(project, id, reason.trim())}
      outcome={`${personName(to)} stands in for ${personName(by)} no more.`}
      onClose={onClose}
    >
      <ReasonField needed label="Why" hint="it goes into the log" value={reason} onChange={setReason} />
    </ActForm>
  );
}
