import { useState } from 'react';
import { pauseRollout, resumeRollout, takeBackRollout } from '../../api/calls.ts';
import type { RolloutView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { percentText } from '../../components/figures.ts';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { fallback, heldAnewOff, heldSinceOf, takeBackEffect } from './phase.ts';
import { useRollout } from './use-rollout.ts';

interface IdDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

export function PauseDialog({ id, onClose }: IdDialogProps) {
  const { project, commands } = useProject();
  const { rollout } = useRollout(id);
  const [note, setNote] = useState('');
  if (rollout === undefined) return null;
  const { version, environment } = rollout;
  return (
    <ActForm
      title={`Pause ${version} in ${environment}`}
      effect={`It stays at ${percentText(rollout.effectivePercent ?? rollout.wantedPercent)} until a person resumes it. The rules that take it back stay armed.`}
      command={commands.pause(environment, note)}
      submit="Pause"
      off={needReason(note)}
      run={() => pauseRollout(project, id, note.trim())}
      outcome={`${version} in ${environment} is paused.`}
      onClose={onClose}
    >
      <ReasonField needed label="Why" hint="whoever looks next reads it" value={note} onChange={setNote} />
    </ActForm>
  );
}

export function ResumeDialog({ id, onClose }: IdDialogProps) {
  const { rollout } = useRollout(id);
  return rollout === undefined ? null : <ResumeForm rollout={rollout} onClose={onClose} />;
}

interface ResumeFormProps {
  readonly rollout: RolloutView;
  readonly onClose: () => void;
}

/** Lets go on what is held as it was when this was opened: held once more meanwhile, it is for something else. */
function ResumeForm({ rollout, onClose }: ResumeFormProps) {
  const { project, commands } = useProject();
  const [note, setNote] = useState('');
  const [seen] = useState(heldSinceOf(rollout));
  const { id, version, environment } = rollout;
  return (
    <ActForm
      title={`Resume ${version} in ${environment}`}
      effect={resumeEffect(rollout)}
      command={commands.resume(environment, note)}
      submit="Resume"
      off={resumeOff(rollout, seen) ?? needReason(note)}
      run={() =>
        resumeRollout(project, id, { note: note.trim(), ...(seen === null ? {} : { heldSince: seen }) })
      }
      outcome={`${version} in ${environment} goes on.`}
      onClose={onClose}
    >
      <ReasonField
        needed
        label="Why it may go on"
        hint="it goes into the log"
        value={note}
        onChange={setNote}
      />
    </ActForm>
  );
}

const resumeOff = (rollout: RolloutView, seen: number | null): string | null =>
  rollout.state.phase === 'held'
    ? (heldAnewOff(rollout, seen) ?? rollout.resume?.off ?? null)
    : 'It is not held any more';

const resumeEffect = ({ state }: RolloutView): string =>
  state.phase === 'held' && state.reason.kind === 'judge lost'
    ? 'The step starts again from its beginning: the evidence from before is thrown away.'
    : 'It goes on from where it was held, and is judged by the same rules.';

export function TakeBackDialog({ id, onClose }: IdDialogProps) {
  const { project, commands } = useProject();
  const { rollout } = useRollout(id);
  const [reason, setReason] = useState('');
  if (rollout === undefined) return null;
  const { version, environment } = rollout;
  const back = fallback(rollout);
  return (
    <ActForm
      title={
        back === null ? `Take ${version} back from ${environment}` : `Roll ${environment} back to ${back}`
      }
      effect={
        back === null
          ? `There is nothing to fall back to: ${environment} will serve nothing.`
          : takeBackEffect(version, back)
      }
      command={commands.takeBack(environment, reason)}
      submit={back === null ? `Take back ${version}` : `Roll back to ${back}`}
      tone="bad"
      off={needReason(reason)}
      run={() => takeBackRollout(project, id, reason.trim())}
      outcome={`${version} is being taken back from ${environment}.`}
      onClose={onClose}
    >
      <ReasonField
        needed
        label="Why"
        hint="it goes into the log and onto the mark"
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  );
}
