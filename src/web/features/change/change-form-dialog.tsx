import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createChange, editChange } from '../../api/gate-calls.ts';
import { whyQuery } from '../../api/queries.ts';
import type { ChangeRequestView, WhyView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useZone } from '../../time/moment.tsx';
import { serverNow } from '../../time/now.ts';
import { ChangeFields, draftOf, draftOff, formOf, freshDraft } from './change-fields.tsx';
import '../gate/gate-form.css';

interface CreateChangeDialogProps {
  readonly release: string;
  readonly to: string;
  readonly onClose: () => void;
}

/** Asks to bring a release into an environment, in a window and with a plan (REL-7). */
export function CreateChangeDialog({ release, to, onClose }: CreateChangeDialogProps) {
  const { project, board, commands } = useProject();
  const zone = useZone();
  const { data: why } = useQuery(whyQuery(project, release, to));
  const [draft, setDraft] = useState(() => freshDraft(opensAt(why) ?? serverNow(), zone));
  return (
    <ActForm
      title={`Ask for a change: ${release} into ${to}`}
      effect="Somebody else approves exactly what stands here. It is carried out by the promotion itself, and closes with its real times and with whatever went otherwise."
      command={commands.createChange(release, to)}
      submit="Ask for the change"
      off={board.viewer.roles.length === 0 ? 'You have no role here' : draftOff(draft, zone)}
      run={() => createChange(project, { release, to, ...formOf(draft, zone) })}
      outcome={`A change is asked for: ${release} into ${to}.`}
      onClose={onClose}
      wide
    >
      <ChangeFields draft={draft} onChange={setDraft} />
    </ActForm>
  );
}

/** When the environment is open next, where it is closed now. */
const opensAt = (why: WhyView | undefined): number | null =>
  why?.admission.blockers.find(({ kind }) => kind === 'window')?.earliest ?? null;

interface EditChangeDialogProps {
  readonly change: ChangeRequestView;
  readonly onClose: () => void;
}

/** Changes what it says. Whatever was approved before is void. */
export function EditChangeDialog({ change, onClose }: EditChangeDialogProps) {
  const { project, commands } = useProject();
  const zone = useZone();
  const [draft, setDraft] = useState(() => draftOf(change, zone));
  const [{ seen, window }] = useState({ seen: change.seen, window: change.form.window });
  return (
    <ActForm
      title={`Change what ${change.id} says`}
      effect="Whatever was approved before is void, and you may not approve it yourself then."
      command={commands.change('edit', change.id)}
      submit={`Save ${change.id}`}
      off={draftOff(draft, zone)}
      run={() => editChange(project, change.id, { seen, ...formOf(draft, zone, window) })}
      outcome={`${change.id} says something else now.`}
      onClose={onClose}
      wide
    >
      <ChangeFields draft={draft} onChange={setDraft} />
    </ActForm>
  );
}
