import { useState } from 'react';
import { approveChange, noteOnChange, rejectChange } from '../../api/gate-calls.ts';
import type { ChangeRequestView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { approveOff, changeLine } from './change-words.ts';

interface ChangeDialogProps {
  readonly change: ChangeRequestView;
  readonly onClose: () => void;
}

/** Approves what was looked at, and nothing that it became meanwhile. */
export function ApproveChangeDialog({ change, onClose }: ChangeDialogProps) {
  const { project, board, commands } = useProject();
  const [comment, setComment] = useState('');
  const [seen] = useState(change.seen);
  return (
    <ActForm
      title={`Approve ${change.id}?`}
      effect={`${change.release.version} may go into ${change.environment} in the window it names: a ${changeLine(change)}. When what it says changes, your approval is void.`}
      command={commands.change('approve', change.id)}
      submit={`Approve ${change.id}`}
      off={approveOff(change, board.viewer)}
      run={() => approveChange(project, change.id, { seen, comment: comment.trim() })}
      outcome={`You approved ${change.id}.`}
      onClose={onClose}
    >
      <ReasonField label="Comment" hint="if you like" value={comment} onChange={setComment} />
    </ActForm>
  );
}

export function RejectChangeDialog({ change, onClose }: ChangeDialogProps) {
  const { project, commands } = useProject();
  const [reason, setReason] = useState('');
  return (
    <ActForm
      title={`Reject ${change.id}?`}
      effect={`${change.release.version} does not go into ${change.environment} with it. Whoever wants it writes another.`}
      command={commands.rejectChange(change.id, reason)}
      submit={`Reject ${change.id}`}
      tone="bad"
      off={needReason(reason)}
      run={() => rejectChange(project, change.id, reason.trim())}
      outcome={`You rejected ${change.id}.`}
      onClose={onClose}
    >
      <ReasonField needed label="Why" hint="the one who asked reads it" value={reason} onChange={setReason} />
    </ActForm>
  );
}

export function NoteDialog({ change, onClose }: ChangeDialogProps) {
  const { project, commands } = useProject();
  const [note, setNote] = useState('');
  return (
    <ActForm
      title={`A note on ${change.id}`}
      effect="Your own words beside what Rung has found. They change nothing else."
      command={commands.change('show', change.id)}
      submit="Add the note"
      off={note.trim() === '' ? 'Write it first' : null}
      run={() => noteOnChange(project, change.id, note.trim())}
      outcome={`Your note stands on ${change.id}.`}
      onClose={onClose}
    >
      <ReasonField label="Note" value={note} onChange={setNote} />
    </ActForm>
  );
}
