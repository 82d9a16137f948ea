import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { rollback } from '../../api/calls.ts';
import { rollbackPreviewQuery } from '../../api/preview-queries.ts';
import type { EnvironmentView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { PlanTable } from '../promotion/plan-table.tsx';
import { useEnvironment } from './use-environment.ts';
import { ServiceChoice } from './service-choice.tsx';

interface RollbackDialogProps {
  readonly environment: string;
  readonly onClose: () => void;
}

/** Puts an environment back to the release before, or to a named one; all services or some (REL-10). */
export function RollbackDialog({ environment: name, onClose }: RollbackDialogProps) {
  const { project, board, commands } = useProject();
  const environment = useEnvironment(name);
  const [to, setTo] = useState('');
  const [services, setServices] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const choice = {
    ...(to === '' ? {} : { to }),
    ...(services.length === 0 ? {} : { services }),
  };
  const preview = useQuery(rollbackPreviewQuery(project, name, choice, board.position));
  if (environment === undefined) return null;
  const target = preview.data?.release.version ?? (to === '' ? (environment.previous?.version ?? null) : to);
  return (
    <ActForm
      title={`Roll back ${name}`}
      effect={<Effect environment={environment} target={target} />}
      command={commands.rollback(name, { ...choice, reason })}
      submit={target === null ? 'Roll back' : `Roll back to ${target}`}
      tone="bad"
      off={offOf(target, reason)}
      run={() => rollback(project, name, { ...choice, reason: reason.trim() })}
      outcome={`${name} goes back to ${target ?? 'the release before'}.`}
      onClose={onClose}
      wide
    >
      <TargetChoice environment={environment} value={to} onChange={setTo} />
      <ServiceChoice services={environment.services} chosen={services} onChange={setServices} />
      {preview.error !== null && <FailureNote error={preview.error} />}
      {preview.data !== undefined && <PlanTable plan={preview.data.plan} />}
      <ReasonField needed label="Why" hint="it goes into the log" value={reason} onChange={setReason} />
    </ActForm>
  );
}

interface EffectProps {
  readonly environment: EnvironmentView;
  readonly target: string | null;
}

function Effect({ environment: { name, rollout, release }, target }: EffectProps) {
  const { open } = useAct();
  if (target === null) return `Nothing ran in ${name} before what runs now.`;
  return (
    <>
      All requests to {name} go to {target}; what is newer stops serving there. The data of your services
      stays as it is: a change of its shape is not undone.
      {rollout !== null && (
        <>
          {' '}
          The rollout that is live here ends as superseded. To end it and keep{' '}
          {release?.version ?? 'what runs'},{' '}
          <button type="button" className="button-link" onClick={() => open({ act: 'take-back', rollout })}>
            roll the rollout back
          </button>{' '}
          instead.
        </>
      )}
    </>
  );
}

function offOf(target: string | null, reason: string): string | null {
  if (target === null) return 'There is nothing to go back to';
  return needReason(reason);
}

interface TargetChoiceProps {
  readonly environment: EnvironmentView;
  readonly value: string;
  readonly onChange: (version: string) => void;
}

function TargetChoice({ environment, value, onChange }: TargetChoiceProps) {
  const id = useId();
  const before = environment.previous?.version ?? null;
  const versions = [...new Set(environment.deployments.toReversed().map((one) => one.version))];
  return (
    <div className="field">
      <label htmlFor={id}>To</label>
      <select id={id} className="input num" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{before === null ? 'nothing before' : `the release before: ${before}`}</option>
        {versions
          .filter((version) => version !== environment.release?.version)
          .map((version) => (
            <option key={version} value={version}>
              {version}
            </option>
          ))}
      </select>
    </div>
  );
}
