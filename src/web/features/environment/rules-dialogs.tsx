import { useState } from 'react';
import { approveRules, rejectRules } from '../../api/gate-calls.ts';
import { ActForm } from '../../components/act-form.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';

interface ApproveRulesDialogProps {
  readonly name: string;
  /** Of the file that was looked at. */
  readonly hash: string;
  readonly onClose: () => void;
}

/** Agrees to weaker rules: to the file that was looked at, and no other. */
export function ApproveRulesDialog({ name, hash, onClose }: ApproveRulesDialogProps) {
  const { project, commands } = useProject();
  const [comment, setComment] = useState('');
  const [seen] = useState(hash);
  return (
    <ActForm
      title={`Agree to weaker rules for ${name}?`}
      effect={`Once enough people agree, ${name} lives by them, and what goes in there is held to less.`}
      command={commands.approveRules(name, comment)}
      submit={`Agree to weaker rules for ${name}`}
      tone="bad"
      off={null}
      run={() => approveRules(project, name, { hash: seen, comment: comment.trim() })}
      outcome={`You agreed to weaker rules for ${name}.`}
      onClose={onClose}
    >
      <ReasonField label="Comment" hint="if you like" value={comment} onChange={setComment} />
    </ActForm>
  );
}

export function RejectRulesDialog({
  name,
  hash,
  onClose,
}: {
  readonly name: string;
  /** Of the file that is looked at. */
  readonly hash: string;
  readonly onClose: () => void;
}) {
  const { project, commands } = useProject();
  const [seen] = useState(hash);
  const [reason, setReason] = useState('');
  return (
    <ActForm
      title={`Refuse weaker rules for ${name}?`}
      effect={`${name} keeps the rules it has. The approvals given are lost.`}
      command={commands.rejectRules(name, reason)}
      submit="Refuse them"
      tone="bad"
      off={needReason(reason)}
      run={() => rejectRules(project, name, { hash: seen, reason: reason.trim() })}
      outcome={`You refused weaker rules for ${name}.`}
      onClose={onClose}
    >
      <ReasonField
        needed
        label="Why"
        hint="the one who brought them reads it"
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  );
}
