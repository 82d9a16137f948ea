import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { undoneBy } from '../../../client/index.ts';
import { rollback, takeBackRollout } from '../../api/calls.ts';
import { rollbackPreviewQuery } from '../../api/preview-queries.ts';
import type { EnvironmentView, PromotionView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { PlanTable } from '../promotion/plan-table.tsx';
import { takeBackEffect } from '../rollout/phase.ts';
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
  const asked = preview.data;
  const undone = asked === undefined ? null : undoneBy(asked);
  const target = targetOf(environment, to, asked);
  const why = reason.trim();
  // What the button names is asked for by its name: while one reads, another release may become the one before.
  const named = { ...choice, ...(target === null ? {} : { to: target }) };
  return (
    <ActForm
      title={`Roll back ${name}`}
      effect={
        asked !== undefined && undone !== null ? (
          undoneEffect(asked.release.version, target)
        ) : (
          <Effect environment={environment} target={target} />
        )
      }
      command={
        undone === null ? commands.rollback(name, { ...named, reason }) : commands.takeBack(name, reason)
      }
      submit={target === null ? 'Roll back' : `Roll back to ${target}`}
      tone="bad"
      off={offOf(target, asked, reason)}
      run={() =>
        undone === null
          ? rollback(project, name, { ...named, reason: why })
          : takeBackRollout(project, undone, why)
      }
      outcome={`${name} goes back to ${target ?? 'the release before'}.`}
      onClose={onClose}
      wide
    >
      <TargetChoice environment={environment} value={to} onChange={setTo} />
      <ServiceChoice services={environment.services} chosen={services} onChange={setServices} />
      {preview.error !== null && <FailureNote error={preview.error} />}
      {asked !== undefined && undone === null && <PlanTable plan={asked.plan} />}
      <ReasonField needed label="Why" hint="it goes into the log" value={reason} onChange={setReason} />
    </ActForm>
  );
}

function targetOf(
  { release, previous }: EnvironmentView,
  to: string,
  asked: PromotionView | undefined,
): string | null {
  if (asked === undefined) return to === '' ? (previous?.version ?? null) : to;
  return undoneBy(asked) === null ? asked.release.version : (release?.version ?? 'what ran before');
}

const undoneEffect = (version: string, target: string | null): string =>
  `The rollout of ${version} that is live here is taken back. ${takeBackEffect(version, target ?? 'what ran before')}`;

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

/** Nothing is confirmed before the server has said what it would do. */
function offOf(target: string | null, asked: PromotionView | undefined, reason: string): string | null {
  if (target === null) return 'There is nothing to go back to';
  return asked === undefined ? 'Not known yet what would change' : needReason(reason);
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
