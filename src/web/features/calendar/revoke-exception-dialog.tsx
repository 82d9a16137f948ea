import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { revokeException } from '../../api/calendar-calls.ts';
import { calendarQuery } from '../../api/queries.ts';
import { ActForm } from '../../components/act-form.tsx';
import { personName } from '../../components/names.ts';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { revokeOff } from './exception-words.ts';

interface RevokeExceptionDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** Ends an exception before its time. */
export function RevokeExceptionDialog({ id, onClose }: RevokeExceptionDialogProps) {
  const { project, board, commands } = useProject();
  const { data } = useQuery(calendarQuery(project));
  const [reason, setReason] = useState('');
  const calendar = data?.environments.find(({ exceptions }) => exceptions.some((one) => one.id === id));
  const exception = calendar?.exceptions.find((one) => one.id === id);
  if (calendar === undefined || exception === undefined) return null;
  const { environment, mayExcept } = calendar;
  return (
    <ActForm
      title={`Close ${environment} again?`}
      effect={`The exception of ${personName(exception.by)} (“${exception.reason}”) ends, and the windows and freezes of ${environment} hold again. What started under it goes on.`}
      command={commands.revokeException(id, reason)}
      submit="End the exception"
      tone="bad"
      off={revokeOff(exception, mayExcept, board.viewer) ?? needReason(reason)}
      run={() => revokeException(project, id, reason.trim())}
      outcome={`The exception for ${environment} is over.`}
      onClose={onClose}
    >
      <ReasonField needed label="Why" hint="it goes into the log" value={reason} onChange={setReason} />
    </ActForm>
  );
}
