import { useQuery } from '@tanstack/react-query';
import { alarmsQuery } from '../../api/queries.ts';
import type { AlarmsView, AlarmView, EnvironmentView } from '../../api/views.ts';
import { Command } from '../../components/command.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { ActorName } from '../../components/person.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useProject } from '../../shell/project-context.ts';
import { Relative, Since, Stamp } from '../../time/moment.tsx';
import { alarmsHeadline, alarmWords } from './alarm-words.ts';
import './alarm-panel.css';

/** What fires here, since when, where that is known from, and who is asked. */
export function AlarmPanel({ environment }: { readonly environment: EnvironmentView }) {
  const { project, commands } = useProject();
  const { data, error } = useQuery(alarmsQuery(project, environment.name));
  const alarms = data ?? environment.alarms;
  const now = alarms.items.filter(({ state }) => state !== 'resolved');
  const over = alarms.items.filter(({ state }) => state === 'resolved');
  return (
    <section className="panel" aria-label="Alarms">
      <h2>{alarmsHeadline(alarms)}</h2>
      {error !== null && <FailureNote error={error} />}
      {alarms.blind.map((sentence) => (
        <p key={sentence} className="warn-text alarm-blind">
          ◆ {sentence}
        </p>
      ))}
      {now.length > 0 && <Alarms items={now} label="Alarms now" />}
      <Sources sources={alarms.sources} />
      {over.length > 0 && (
        <details className="alarms-over">
          <summary>Over in the last eight days: {over.length}</summary>
          <Alarms items={over} label="Alarms that are over" />
        </details>
      )}
      {!alarms.watched && (
        <>
          <p className="soft">
            No source of alarms is declared for it in rung.yaml, and none was ever posted. That nobody looks
            is not that nothing is wrong: gates that ask for alarms stay closed.
          </p>
          <Command line={commands.fireAlarm(environment.name)} label="Post one" />
        </>
      )}
    </section>
  );
}

interface AlarmsProps {
  readonly items: readonly AlarmView[];
  readonly label: string;
}

const Alarms = ({ items, label }: AlarmsProps) => (
  <ul className="alarms" aria-label={label}>
    {items.map((one) => (
      <Alarm key={`${one.source} ${one.name} ${JSON.stringify(one.labels)}`} alarm={one} />
    ))}
  </ul>
);

function Alarm({ alarm }: { readonly alarm: AlarmView }) {
  const words = alarmWords(alarm);
  const { name, summary, url, labels } = alarm;
  return (
    <li>
      <StateMark tone={words.tone}>{words.text}</StateMark>
      <div>
        <b>{name}</b> {summary}
        <p className="soft">
          <When alarm={alarm} /> · <From alarm={alarm} />
          {url !== null && (
            <>
              {' '}
              ·{' '}
              <a className="link" href={url} target="_blank" rel="noreferrer">
                Look at it there <span aria-hidden="true">↗</span>
              </a>
            </>
          )}
        </p>
        <Labels labels={labels} />
      </div>
    </li>
  );
}

function When({ alarm: { since, firedAt, endedAt } }: { readonly alarm: AlarmView }) {
  if (endedAt !== null && firedAt !== null)
    return (
      <>
        fired <Stamp at={firedAt} /> to <Stamp at={endedAt} />
      </>
    );
  return (
    <>
      for <Since at={since} />
    </>
  );
}

function From({ alarm: { source, by } }: { readonly alarm: AlarmView }) {
  if (by === null) return source === 'posted' ? 'posted' : `seen by ${source}`;
  return (
    <>
      posted by <ActorName actor={by} />
    </>
  );
}

function Labels({ labels }: Pick<AlarmView, 'labels'>) {
  const all = Object.entries(labels);
  if (all.length === 0) return null;
  return (
    <ul className="alarm-labels mono" aria-label="Labels">
      {all.map(([name, value]) => (
        <li key={name}>
          {name}={value}
        </li>
      ))}
    </ul>
  );
}

/** Those that do not answer are named above, as what cannot be known. */
function Sources({ sources }: Pick<AlarmsView, 'sources'>) {
  const answering = sources.filter(({ awaySince, seenAt }) => awaySince === null && seenAt !== null);
  if (answering.length === 0) return null;
  return (
    <p className="soft alarm-sources">
      {answering.map(({ name, seenAt }) => (
        <span key={name}>
          {name}, asked {seenAt !== null && <Relative at={seenAt} />}
        </span>
      ))}
    </p>
  );
}
