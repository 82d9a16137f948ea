import { useState } from 'react';
import { uploadEvidence } from '../../api/gate-calls.ts';
import { ActForm } from '../../components/act-form.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { EnvironmentChoice } from '../environment/environment-choice.tsx';
import { FileDrop } from './file-drop.tsx';
import { UploadFailure } from './upload-failure.tsx';

interface UploadDialogProps {
  readonly release: string;
  readonly onClose: () => void;
}

const nameForm = /^[a-z][a-z0-9-]{0,39}$/;

/** Hands over a file that CI would: JUnit, lcov, Cobertura, SARIF. */
export function UploadDialog({ release, onClose }: UploadDialogProps) {
  const { project, commands } = useProject();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [environment, setEnvironment] = useState('');
  const ask = {
    ...(name === '' ? {} : { name }),
    ...(environment === '' ? {} : { environment }),
  };
  return (
    <ActForm
      title={`Hand over evidence for ${release}`}
      effect="A file as the tool wrote it: JUnit XML, lcov, Cobertura or SARIF. It is kept as it is, read, and bound to the source of this release; a later one of the same name speaks instead."
      command={commands.addEvidence(release, file?.name ?? '', ask)}
      submit={file === null ? 'Hand it over' : `Hand over ${file.name}`}
      off={offOf(file, name)}
      run={() =>
        file === null
          ? Promise.reject(new Error('There is no file.'))
          : uploadEvidence(project, { release, fileName: file.name, ...ask }, file)
      }
      outcome={`${file?.name ?? ''} is handed over.`}
      onClose={onClose}
      failed={(error) => <UploadFailure error={error} file={file} />}
    >
      <FileDrop file={file} onChoose={setFile} />
      <TextField
        label="Name"
        hint="tells several apart, such as unit and integration"
        value={name}
        onChange={setName}
        maxLength={40}
      />
      <EnvironmentChoice
        label="Found out in"
        hint="where it was before any environment, leave it"
        none="before any environment"
        value={environment}
        onChange={setEnvironment}
      />
    </ActForm>
  );
}

function offOf(file: File | null, name: string): string | null {
  if (file === null) return 'Choose a file first';
  return name === '' || nameForm.test(name)
    ? null
    : 'A name has small letters, digits and dashes, and begins with a letter';
}
