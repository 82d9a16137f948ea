import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { changeQuery } from '../../api/queries.ts';
import type { ChangeRequestView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { Command } from '../../components/command.tsx';
import { Page } from '../../components/page.tsx';
import { Person, Roles } from '../../components/person.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useProject } from '../../shell/project-context.ts';
import { Relative } from '../../time/moment.tsx';
import { ApproveChangeDialog, NoteDialog, RejectChangeDialog } from './change-dialogs.tsx';
import { ChangeFacts, ChangeOutcome } from './change-facts.tsx';
import { EditChangeDialog } from './change-form-dialog.tsx';
import { approveOff, changeWords, isUndecided } from './change-words.ts';
import '../gate/gate.css';

const route = getRouteApi('/projects/$project/changes/$change');

/** A change request whole: what it asks for, who approved it, how it ended and what went otherwise. */
export function ChangePage() {
  const id = route.useParams().change;
  const { project, commands } = useProject();
  const { data: change, error } = useQuery(changeQuery(project, id));
  if (change === undefined) return <Page title={id} error={error} />;
  const words = changeWords(change);
  return (
    <Page
      title={`${change.id}: ${change.release.version} into ${change.environment}`}
      beside={<StateMark tone={words.tone}>{words.text}</StateMark>}
      acts={<ChangeActs change={change} />}
      error={error}
    >
      <div className="columns">
        <div className="stack">
          <section className="panel">
            <h2>What it asks for</h2>
            <ChangeFacts change={change} />
          </section>
          <ChangeOutcome change={change} />
        </div>
        <div className="stack">
          <section className="panel">
            <h2>Approvals</h2>
            <Approvals change={change} />
          </section>
          <section className="panel">
            <h2>Notes</h2>
            <Notes change={change} />
          </section>
          <Command line={commands.change('show', change.id)} label="Ask in a terminal" />
        </div>
      </div>
    </Page>
  );
}

type Opened = 'approve' | 'reject' | 'edit' | 'note' | null;

function ChangeActs({ change }: { readonly change: ChangeRequestView }) {
  const { board } = useProject();
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  const roleOff = board.viewer.roles.length === 0 ? 'You have no role here' : null;
  return (
    <>
      {isUndecided(change) && (
        <>
          <Button tone="main" off={approveOff(change, board.viewer)} onClick={() => setOpened('approve')}>
            Approve…
          </Button>
          <Button tone="bad" off={roleOff} onClick={() => setOpened('reject')}>
            Reject…
          </Button>
          <Button off={roleOff} onClick={() => setOpened('edit')}>
            Edit…
          </Button>
        </>
      )}
      <Button onClick={() => setOpened('note')}>Add a note…</Button>
      {opened === 'approve' && <ApproveChangeDialog change={change} onClose={close} />}
      {opened === 'reject' && <RejectChangeDialog change={change} onClose={close} />}
      {opened === 'edit' && <EditChangeDialog change={change} onClose={close} />}
      {opened === 'note' && <NoteDialog change={change} onClose={close} />}
    </>
  );
}

const Approvals = ({ change: { approvals } }: { readonly change: ChangeRequestView }) =>
  approvals.length === 0 ? (
    <p className="soft">Nobody has approved it yet.</p>
  ) : (
    <ul className="change-list">
      {approvals.map(({ by, roles, at, comment, counts }) => (
        <li key={`${by} ${at}`}>
          <StateMark tone={counts ? 'ok' : 'off'}>{counts ? 'Counts' : 'Void'}</StateMark>
          <span>
            <Person id={by} /> (<Roles roles={roles} />) <Relative at={at} />
            {comment !== '' && `: “${comment}”`}
          </span>
        </li>
      ))}
    </ul>
  );

const Notes = ({ change: { notes } }: { readonly change: ChangeRequestView }) =>
  notes.length === 0 ? (
    <p className="soft">None.</p>
  ) : (
    <ul className="change-notes">
      {notes.map(({ by, at, text }) => (
        <li key={`${by} ${at}`}>
          <Person id={by} /> <Relative at={at} />: “{text}”
        </li>
      ))}
    </ul>
  );
