import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { promote } from '../../api/calls.ts';
import { whyQuery } from '../../api/queries.ts';
import type { Blocker, ViewerView, WhyView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { BlockerList } from '../../components/blocker-list.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { countText } from '../../components/names.ts';
import { ReasonField } from '../../components/reason-field.tsx';
import { useProject } from '../../shell/project-context.ts';
import { besidesPerson, isAskOfMerge } from './merge-ask.ts';
import { OpenAsk } from './open-ask.tsx';
import { PlanTable } from './plan-table.tsx';

interface PromoteDialogProps {
  readonly release: string;
  readonly to: string;
  readonly onClose: () => void;
}

/** Asks for a release to go into an environment: at once where nothing is in the way, else as soon as nothing is. */
export function PromoteDialog({ release, to, onClose }: PromoteDialogProps) {
  const { project, board, commands } = useProject();
  const { data: why, error } = useQuery(whyQuery(project, release, to));
  const [reason, setReason] = useState('');
  const blockers = besidesPerson(why?.admission.blockers ?? []);
  const waits = blockers.length > 0;
  return (
    <ActForm
      title={`Promote ${release} to ${to}`}
      effect={why === undefined ? 'Asking what is in the way…' : effectOf(blockers)}
      command={commands.promote(release, to, reason)}
      submit={waits ? `Ask for ${release} in ${to}` : `Promote to ${to}`}
      off={why === undefined ? 'Not known yet' : offOf(why, board.viewer)}
      run={() => promote(project, { release, to, ...(reason.trim() === '' ? {} : { reason }) })}
      outcome={waits ? `${release} to ${to} is asked for.` : `${release} goes to ${to}.`}
      onClose={onClose}
      wide
    >
      {error !== null && <FailureNote error={error} />}
      {why !== undefined && (
        <>
          {why.promotion !== null && <OpenAsk id={why.promotion} />}
          <PlanTable plan={why.plan} />
          {blockers.length > 0 && <BlockerList blockers={blockers} />}
        </>
      )}
      <ReasonField label="Why" hint="if you like; it goes into the log" value={reason} onChange={setReason} />
    </ActForm>
  );
}

function effectOf(blockers: readonly Blocker[]): string {
  if (blockers.length === 0) return 'Nothing is in the way: it starts at once.';
  const refused = blockers.filter((one) => one.effect === 'refused').length;
  const missing = countText(blockers.length, 'thing is', 'things are');
  return refused > 0
    ? `${missing} in the way. It can be asked for once what refuses it is gone.`
    : `${missing} missing. You can ask now; it starts by itself as soon as nothing is in the way.`;
}

function offOf({ admission, promotion }: WhyView, viewer: ViewerView): string | null {
  if (viewer.roles.length === 0) return 'You have no role here';
  if (promotion !== null && !isAskOfMerge(admission.blockers)) return 'It is asked for already';
  return admission.blockers.some((one) => one.effect === 'refused') ? 'Refused for the reasons above' : null;
}
