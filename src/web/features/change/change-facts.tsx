import { Link } from '@tanstack/react-router';
import type { ChangeRequestView } from '../../api/views.ts';
import { ActorName } from '../../components/person.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { EnvironmentLink, VersionLink } from '../../components/version-link.tsx';
import { useProject } from '../../shell/project-context.ts';
import { spanText } from '../../time/format.ts';
import { DayAndTime, Relative, Stamp } from '../../time/moment.tsx';
import './change.css';

interface ChangeProps {
  readonly change: ChangeRequestView;
}

/** Every field, as it was filled in. */
export function ChangeFacts({ change }: ChangeProps) {
  const { form, release, environment, requestedBy, requestedAt, editedBy } = change;
  return (
    <dl className="facts">
      <dt>Release</dt>
      <dd>
        <VersionLink version={release.version} /> into <EnvironmentLink name={environment} />
      </dd>
      <dt>Asked</dt>
      <dd>
        by <ActorName actor={requestedBy} />, <Relative at={requestedAt} />
        {editedBy !== null && (
          <>
            ; changed last by <ActorName actor={editedBy} />
          </>
        )}
      </dd>
      {form.reference !== null && (
        <>
          <dt>Reference</dt>
          <dd>{form.reference}</dd>
        </>
      )}
      <dt>Type and risk</dt>
      <dd>
        {form.type}, {form.risk} risk
      </dd>
      <dt>Window</dt>
      <dd>
        <DayAndTime at={form.window.from} /> to <DayAndTime at={form.window.to} />
      </dd>
      <dt>Taking it back</dt>
      <dd>within {form.rollbackMinutes} min</dd>
      <dt>Testing</dt>
      <dd className="change-prose">{form.testing}</dd>
      <dt>Communication</dt>
      <dd className="change-prose">{form.communication}</dd>
      {form.description !== '' && (
        <>
          <dt>Description</dt>
          <dd className="change-prose">{form.description}</dd>
        </>
      )}
    </dl>
  );
}

/** How it went: real times, outcome, and what went otherwise, as Rung found it. */
export function ChangeOutcome({ change: { state } }: ChangeProps) {
  if (state.phase === 'open' || state.phase === 'approved') return null;
  return (
    <section className="panel">
      <h2>How it went</h2>
      {state.phase === 'rejected' && (
        <p>
          Rejected by <ActorName actor={state.by} /> <Relative at={state.at} />: “{state.reason}”
        </p>
      )}
      {state.phase === 'implementing' && (
        <p>
          <PromotionLink promotion={state.promotion}>Its promotion</PromotionLink> runs since{' '}
          <Stamp at={state.since} />.
        </p>
      )}
      {state.phase === 'closed' && <Closed state={state} />}
    </section>
  );
}

type ClosedState = Extract<ChangeRequestView['state'], { readonly phase: 'closed' }>;

const Closed = ({ state }: { readonly state: ClosedState }) => (
  <>
    <dl className="facts">
      <dt>Outcome</dt>
      <dd>
        {state.outcome}, by <PromotionLink promotion={state.promotion}>its promotion</PromotionLink>
      </dd>
      <dt>Really</dt>
      <dd>
        <Stamp at={state.startedAt} /> to <Stamp at={state.endedAt} /> (
        {spanText(state.endedAt - state.startedAt)})
      </dd>
    </dl>
    <h3 className="change-otherwise">What went otherwise</h3>
    {state.deviations.length === 0 ? (
      <p className="soft">Nothing: it went as it was asked for.</p>
    ) : (
      <ul className="change-notes">
        {state.deviations.map(({ kind, says }) => (
          <li key={`${kind} ${says}`}>
            <b>{kind}</b>: <Sentence text={says} />
          </li>
        ))}
      </ul>
    )}
  </>
);

function PromotionLink({ promotion, children }: { readonly promotion: string; readonly children: string }) {
  const { project } = useProject();
  return (
    <Link className="link" to="/projects/$project/promotions/$promotion" params={{ project, promotion }}>
      {children}
    </Link>
  );
}
