import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FactsOf } from '../../../client/index.ts';
import { readRollbackPlan, sayEvidence } from '../../api/gate-calls.ts';
import { evidenceQuery, whyQuery } from '../../api/queries.ts';
import type { EvidenceView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { ReasonField } from '../../components/reason-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { actingId, offFor } from '../../components/whose.ts';
import { useProject } from '../../shell/project-context.ts';
import { EvidenceFacts } from './evidence-facts.tsx';

interface RollbackPlanDialogProps {
  readonly release: string;
  readonly to: string;
  readonly onClose: () => void;
}

/** How the release would be taken back: written by one person, read by another. */
export function RollbackPlanDialog({ release, to, onClose }: RollbackPlanDialogProps) {
  const { project } = useProject();
  const { data, error } = useQuery(evidenceQuery(project, release));
  const [writes, setWrites] = useState(false);
  const plan = data?.find((one) => one.kind === 'rollback-plan');
  if (data === undefined)
    return (
      <Dialog title="Rollback plan" onClose={onClose}>
        <div className="form">{error === null ? <p>Reading…</p> : <FailureNote error={error} />}</div>
      </Dialog>
    );
  return plan === undefined || writes ? (
    <WritePlan release={release} to={to} plan={plan} onClose={onClose} />
  ) : (
    <ReadPlan release={release} to={to} plan={plan} onClose={onClose} onWrite={() => setWrites(true)} />
  );
}

const factsOf = (plan: EvidenceView): FactsOf<'rollback-plan'> =>
  plan.facts as unknown as FactsOf<'rollback-plan'>;

interface ReadPlanProps extends RollbackPlanDialogProps {
  readonly plan: EvidenceView;
  readonly onWrite: () => void;
}

/** They say that they read what they read, and not what was written meanwhile. */
function ReadPlan({ release, to, plan, onClose, onWrite }: ReadPlanProps) {
  const { project, board, commands } = useProject();
  const { data: why } = useQuery(whyQuery(project, release, to));
  const [seen] = useState(plan);
  const { writtenBy, reviewedBy } = factsOf(seen);
  const isMe = (people: readonly string[]): boolean => people.includes(actingId(board.viewer));
  const notMine = (): string | null => {
    if (isMe([writtenBy])) return 'You wrote it: somebody else has to read it';
    if (isMe(reviewedBy)) return 'You said so already';
    const blocker = why?.admission.blockers.find((one) => one.kind === 'rollback-plan');
    return offFor(blocker?.liftedBy, board.viewer);
  };
  return (
    <ActForm
      title={`Rollback plan of ${release}`}
      effect="Somebody other than its writer says that they read it, in their own name. Written anew, it has to be read anew."
      command={commands.readPlan(release)}
      submit="I have read it"
      off={
        plan.id === seen.id ? notMine() : 'It has changed since you opened this: close it and read it again'
      }
      run={() => readRollbackPlan(project, release, seen.id)}
      outcome={`You read the rollback plan of ${release}.`}
      onClose={onClose}
      wide
    >
      <EvidenceFacts facts={seen.facts} />
      <div>
        <button type="button" className="button small" onClick={onWrite}>
          Write it anew…
        </button>
      </div>
    </ActForm>
  );
}

interface WritePlanProps extends RollbackPlanDialogProps {
  readonly plan: EvidenceView | undefined;
}

function WritePlan({ release, to, plan, onClose }: WritePlanProps) {
  const { project, commands } = useProject();
  const before = plan === undefined ? null : factsOf(plan);
  const [steps, setSteps] = useState(before?.steps ?? '');
  const [minutes, setMinutes] = useState(String(before?.minutes ?? 5));
  const [dataStays, setDataStays] = useState(before?.dataStaysReadable ?? false);
  return (
    <ActForm
      title={`Write how ${release} is taken back from ${to}`}
      effect={`It counts for the source of this release, and another person has to read it.${before === null ? '' : ' Whoever read the one before has to read it anew.'}`}
      command={commands.rollbackPlan(release, minutes, dataStays)}
      submit="Write it down"
      off={offOf(steps, minutes)}
      run={() =>
        sayEvidence(project, {
          release,
          facts: {
            kind: 'rollback-plan',
            steps: steps.trim(),
            minutes: Number(minutes),
            dataStaysReadable: dataStays,
          },
        })
      }
      outcome={`The rollback plan of ${release} is written; somebody else has to read it.`}
      onClose={onClose}
      wide
    >
      <ReasonField label="Steps" value={steps} onChange={setSteps} rows={8} longest={10_000} />
      <TextField label="Minutes it takes" type="number" value={minutes} onChange={setMinutes} />
      <label className="choice">
        <input type="checkbox" checked={dataStays} onChange={(event) => setDataStays(event.target.checked)} />
        The version before can still read the data that this one writes
      </label>
    </ActForm>
  );
}

function offOf(steps: string, minutes: string): string | null {
  if (steps.trim() === '') return 'Say what is to be done first';
  return /^\d{1,5}$/.test(minutes) ? null : 'Say in whole minutes how long it takes';
}
