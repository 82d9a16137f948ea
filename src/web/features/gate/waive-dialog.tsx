import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { waive } from '../../api/gate-calls.ts';
import { whyQuery } from '../../api/queries.ts';
import { ActForm } from '../../components/act-form.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { useProject } from '../../shell/project-context.ts';

interface WaiveDialogProps {
  readonly release: string;
  readonly to: string;
  readonly gate: string;
  readonly onClose: () => void;
}

/** Lets one gate pass, in one's own name. */
export function WaiveDialog({ release, to, gate, onClose }: WaiveDialogProps) {
  const { project, commands } = useProject();
  const { data: why } = useQuery(whyQuery(project, release, to));
  const [reason, setReason] = useState('');
  const blocker = why?.admission.blockers.find((one) => one.gate === gate);
  return (
    <ActForm
      title={`Waive ${gate} of ${release} for ${to}?`}
      effect="The gate lets this source pass into this environment though it is not open. It shows as waived for ever, with your name and your reason; it cannot be taken back."
      command={commands.waive(gate, release, to, reason)}
      submit={`Waive ${gate}`}
      tone="bad"
      off={needReason(reason)}
      run={() => waive(project, release, { to, gate, reason: reason.trim() })}
      outcome={`You waived ${gate} of ${release} for ${to}.`}
      onClose={onClose}
    >
      {blocker !== undefined && (
        <p className="gate-form-now">
          <b>
            <Sentence text={blocker.reason} />
          </b>{' '}
          <Sentence text={blocker.wayOut} />
        </p>
      )}
      <ReasonField
        needed
        label="Why it may pass"
        hint="everybody reads it, always"
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  );
}
