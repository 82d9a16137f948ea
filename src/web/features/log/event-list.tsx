import type { EventView } from '../../api/views.ts';
import { personName } from '../../components/names.ts';
import { ActorName, Person } from '../../components/person.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { Stamp } from '../../time/moment.tsx';
import './log.css';

/** Events, newest first. */
export const EventList = ({ events }: { readonly events: readonly EventView[] }) => (
  <ol className="log">
    {events.map((event) => (
      <li key={event.position}>
        <span className="log-at soft">
          <Stamp at={event.at} />
        </span>
        <span className="log-text">
          <Sentence text={event.message} />
          <Who event={event} />
        </span>
      </li>
    ))}
  </ol>
);

/** A sentence that names who did it needs no name after it; but who acted for somebody is always named. */
function Who({ event: { actor, message } }: { readonly event: EventView }) {
  if (actor.kind !== 'person') return null;
  const isNamed = message.includes(actor.id) || message.includes(personName(actor.id));
  if (isNamed && actor.actingFrom === undefined) return null;
  return (
    <span className="soft">
      {' · '}
      {isNamed && actor.actingFrom !== undefined ? (
        <>
          acted by <Person id={actor.actingFrom} />
        </>
      ) : (
        <ActorName actor={actor} />
      )}
    </span>
  );
}
