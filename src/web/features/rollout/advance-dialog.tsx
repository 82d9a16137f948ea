import { useState } from 'react';
import { advanceRollout } from '../../api/calls.ts';
import type { RolloutView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { advanceOff } from './advance-off.ts';
import { heldAnewOff, heldSinceOf } from './phase.ts';
import { useRollout } from './use-rollout.ts';

interface AdvanceDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** A person answers for the next step of a held rollout, in their own name: as it was held when this was opened. */
export function AdvanceDialog({ id, onClose }: AdvanceDialogProps) {
  const { rollout } = useRollout(id);
  return rollout === undefined ? null : <AdvanceForm rollout={rollout} onClose={onClose} />;
}

interface AdvanceFormProps {
  readonly rollout: RolloutView;
  readonly onClose: () => void;
}

function AdvanceForm({ rollout, onClose }: AdvanceFormProps) {
  const { project, commands, board } = useProject();
  const [reason, setReason] = useState('');
  const [seen] = useState(heldSinceOf(rollout));
  const { id, version, environment, advance } = rollout;
  const next = advance?.next ?? 'its next step';
  return (
    <ActForm
      title={`Promote ${version} in ${environment} with a reason`}
      effect={effectOf(next, version)}
      command={commands.advance(environment, reason)}
      submit={`Go on to ${next}`}
      off={heldAnewOff(rollout, seen) ?? advanceOff(rollout, board.viewer.roles) ?? needReason(reason)}
      run={() =>
        advanceRollout(project, id, {
          reason: reason.trim(),
          ...(seen === null ? {} : { heldSince: seen }),
        })
      }
      outcome={`${version} in ${environment} goes on, on your word.`}
      onClose={onClose}
    >
      <ReasonField
        needed
        label="Why it may go on"
        hint="it goes into the log, with your name"
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  );
}

const effectOf = (next: string, version: string): string =>
  next === 'Done'
    ? `The evidence does not suffice, and you answer for it. The watch ends now: no rule takes ${version} back any more.`
    : `The evidence does not suffice, and you answer for it: it goes on to ${next}. The rules that take ${version} back stay armed.`;
