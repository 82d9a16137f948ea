import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { promote } from '../../api/calls.ts';
import { whyQuery } from '../../api/queries.ts';
import type { PromotionView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { BlockerList, Lifter } from '../../components/blocker-list.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { PassedOver } from './emergency.tsx';
import { PlanTable } from './plan-table.tsx';

interface EmergencyDialogProps {
  readonly release: string;
  readonly to: string;
  readonly onClose: () => void;
}

/** Asks for a release past gates, approvals, windows and order, which a second person has to confirm (REL-12). */
export function EmergencyDialog({ release, to, onClose }: EmergencyDialogProps) {
  const { project, commands } = useProject();
  const [reason, setReason] = useState('');
  const preview = usePreview(release, to);
  const asked = preview.data;
  return (
    <ActForm
      title={`Emergency: ${release} into ${to}`}
      effect={<Effect release={release} to={to} />}
      command={commands.emergency(release, to, reason)}
      submit={`Ask for the emergency in ${to}`}
      tone="bad"
      off={offOf(asked) ?? needReason(reason)}
      run={() => promote(project, { release, to, emergency: true, reason: reason.trim() })}
      outcome={`The emergency is asked for: ${release} into ${to}. It needs a second person within the hour.`}
      onClose={onClose}
      wide
    >
      {preview.error !== null && <FailureNote error={preview.error} />}
      {asked !== undefined && <Preview asked={asked} />}
      <ReasonField
        needed
        label="Why it cannot wait"
        hint="everybody reads it, always"
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  );
}

/** As the server would take it, before anything is asked. Made again when anything happened meanwhile. */
function usePreview(release: string, to: string) {
  const { project, board } = useProject();
  return useQuery({
    queryKey: ['emergency preview', project, release, to, board.position],
    queryFn: () => promote(project, { release, to, emergency: true, reason: 'Preview', dryRun: true }),
    placeholderData: (before) => before,
  });
}

function Effect({ release, to }: Pick<EmergencyDialogProps, 'release' | 'to'>) {
  const { project } = useProject();
  const { open } = useAct();
  const { data: why } = useQuery(whyQuery(project, release, to));
  const second = why?.emergencyWay?.second;
  return (
    <>
      {release} goes into {to} past everything that is named below, as soon as a second person confirms it. It
      ends by itself where nobody has within the hour. It shows as an emergency for ever, with both names.
      Where it can wait,{' '}
      <button type="button" className="button-link" onClick={() => open({ act: 'promote', release, to })}>
        promote it as usual
      </button>
      .{second !== undefined && <Lifter by={second} before="Confirmed by" />}
    </>
  );
}

const refusing = ({ admission }: PromotionView) =>
  admission.blockers.filter(({ effect }) => effect === 'refused');

function Preview({ asked }: { readonly asked: PromotionView }) {
  const refused = refusing(asked);
  const { passedOver = [] } = asked.admission;
  return (
    <>
      {refused.length > 0 && (
        <section>
          <h3>In the way even then</h3>
          <BlockerList blockers={refused} />
        </section>
      )}
      <PlanTable plan={asked.plan} />
      <PassedOver promotion={asked} />
      {passedOver.length === 0 && refused.length === 0 && (
        <p className="tinted">
          Nothing would be passed over: what is asked for else is fulfilled. An ordinary promotion goes in
          just as soon.
        </p>
      )}
    </>
  );
}

function offOf(asked: PromotionView | undefined): string | null {
  if (asked === undefined) return 'Asking what it would pass over…';
  return refusing(asked).length === 0 ? null : 'Refused for the reasons above';
}
