import { useState } from 'react';
import { validate } from '../../api/calls.ts';
import type { EnvironmentView } from '../../api/views.ts';
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
  const runs = useEnvironment(environment)?.release ?? null;
  const [seen, setSeen] = useState(runs);
  // Read first, where the board does not show the environment. From then on it stays what was looked at.
  if (seen === null && runs !== null) setSeen(runs);
  const release = seen ?? runs;
  const version = release?.version ?? 'what runs';
  return (
    <ActForm
      title={`Validate ${version} in ${environment}`}
      effect={`You say that ${version} is good as it runs in ${environment}. Your word lets it go on where a promotion waits for that, and is void as soon as something else runs here.`}
      command={commands.validate(environment, release?.version, note)}
      submit={`Validate ${version}`}
      off={offOf(release, runs)}
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

type Runs = EnvironmentView['release'];

function offOf(seen: Runs, runs: Runs): string | null {
  if (seen === null) return 'No one release runs here';
  return seen.id === runs?.id
    ? null
    : `What runs here has changed since you opened this: close it and look at ${runs?.version ?? 'what runs now'}`;
}
