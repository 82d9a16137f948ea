import { useState } from 'react';
import { validate } from '../../api/calls.ts';
import { ActForm } from '../../components/act-form.tsx';
import { ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useEnvironment } from './use-environment.ts';

interface ValidateDialogProps {
  readonly environment: string;
  readonly onClose: () => void;
}

/** The operator's word that what runs in an environment is good (OPS-4). */
export function ValidateDialog({ environment, onClose }: ValidateDialogProps) {
  const { project, commands } = useProject();
  const [note, setNote] = useState('');
  const release = useEnvironment(environment)?.release ?? null;
  const version = release?.version ?? 'what runs';
  return (
    <ActForm
      title={`Validate ${version} in ${environment}`}
      effect={`You say that ${version} is good as it runs in ${environment}. Your word lets it go on where a promotion waits for that, and is void as soon as something else runs here.`}
      command={commands.validate(environment, note)}
      submit={`Validate ${version}`}
      off={release === null ? 'No one release runs here' : null}
      run={() =>
        validate(project, environment, {
          ...(release === null ? {} : { release: release.id }),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        })
      }
      outcome={`${version} is validated in ${environment}.`}
      onClose={onClose}
    >
      <ReasonField label="Note" hint="what you looked at, if you like" value={note} onChange={setNote} />
    </ActForm>
  );
}
