import type { EventView } from '../../api/views.ts';
import { listText, personName } from '../../components/names.ts';
import { Person } from '../../components/person.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { Stamp } from '../../time/moment.tsx';
import './log.css';

/** Events, newest first. */
export function EventList({ events }: { readonly events: readonly EventView[] }) {
  const hasActing = events.some((event) => unsaidActing(event) !== null);
  return (
    <>
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
      {hasActing && <ActingNote events={events} />}
    </>
  );
}

/** A sentence that names who did it needs no name after it; that somebody acted for them is marked. */
function Who({ event }: { readonly event: EventView }) {
  const { actor, message } = event;
  if (actor.kind !== 'person') return null;
  const isNamed = message.includes(actor.id) || message.includes(personName(actor.id));
  const from = unsaidActing(event);
  return (
    <>
      {!isNamed && (
        <span className="soft">
          {' · '}
          <Person id={actor.id} />
        </span>
      )}
      {from !== null && (
        <>
          {' '}
          <span className="log-acted" title={`${from} acted as ${actor.id}`}>
            acted
          </span>
        </>
      )}
    </>
  );
}

/** What the mark means, once below all of them. */
function ActingNote({ events }: { readonly events: readonly EventView[] }) {
  const people = new Set(
    events.flatMap((event) => {
      const from = unsaidActing(event);
      return from === null ? [] : [personName(from)];
    }),
  );
  return (
    <p className="log-note soft">
      <span className="log-acted">acted</span> {listText([...people], 'or')} acted as this member.
    </p>
  );
}

/** Who really did it, where that was not who is named and the sentence does not say so itself. */
function unsaidActing({ actor, message }: EventView): string | null {
  if (actor.kind !== 'person' || actor.actingFrom === undefined || actor.actingFrom === actor.id) return null;
  return message.includes(actor.actingFrom) ? null : actor.actingFrom;
}
