import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { liftMark } from '../../api/calls.ts';
import { releaseQuery } from '../../api/queries.ts';
import type { ReleaseView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { FailureDialog } from '../../components/failure-dialog.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';

interface LiftMarkDialogProps {
  readonly release: string;
  readonly onClose: () => void;
}

/** Lets a release be tried again. What is lifted is the mark that is shown, and no other. */
export function LiftMarkDialog({ release, onClose }: LiftMarkDialogProps) {
  const { project } = useProject();
  const { data, error } = useQuery(releaseQuery(project, release));
  if (data !== undefined) return <LiftMarkForm release={data} onClose={onClose} />;
  return error === null ? null : <FailureDialog title="Lift the mark" error={error} onClose={onClose} />;
}

interface LiftMarkFormProps {
  readonly release: ReleaseView;
  readonly onClose: () => void;
}

function LiftMarkForm({ release: { version, mark }, onClose }: LiftMarkFormProps) {
  const { project, commands } = useProject();
  const [reason, setReason] = useState('');
  const [seen] = useState(mark);
  return (
    <ActForm
      title={`Lift the mark of ${version}`}
      effect={effectOf(version, seen)}
      command={commands.liftMark(version, reason)}
      submit={`Let ${version} be tried again`}
      tone="bad"
      off={offOf(seen, mark) ?? needReason(reason)}
      run={() =>
        liftMark(project, version, { reason: reason.trim(), ...(seen && { rollout: seen.rollout }) })
      }
      outcome={`${version} is no longer marked.`}
      onClose={onClose}
    >
      <ReasonField needed label="Why" hint="it goes into the log" value={reason} onChange={setReason} />
    </ActForm>
  );
}

const effectOf = (version: string, seen: ReleaseView['mark']): string =>
  seen === null
    ? `${version} carries no mark.`
    : `Without its mark ${version} may be promoted again, by automation too. What it did then stays in the log. It was taken back from ${seen.environment}: ${seen.reason}`;

/** It may be tried and taken back again while somebody writes: they lift what they read, or look again. */
function offOf(seen: ReleaseView['mark'], now: ReleaseView['mark']): string | null {
  if (now === null) return 'It carries no mark';
  return now.rollout === seen?.rollout
    ? null
    : 'It was taken back once more since you opened this: close it and read why';
}
