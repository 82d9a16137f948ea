import type { EventView } from '../../api/views.ts';
import { ActorName } from '../../components/person.tsx';
import { personName } from '../../components/names.ts';
import { Stamp } from '../../time/moment.tsx';
import './log.css';

/** Events, newest first. Where the sentence does not name who did it, the name stands after it. */
export const EventList = ({ events }: { readonly events: readonly EventView[] }) => (
  <ol className="log">
    {events.map((event) => (
      <li key={event.position}>
        <span className="log-at soft">
          <Stamp at={event.at} />
        </span>
        <span className="log-text">
          {event.message}
          {isWorthNaming(event) && (
            <span className="soft">
              {' · '}
              <ActorName actor={event.actor} />
            </span>
          )}
        </span>
      </li>
    ))}
  </ol>
);

/** A sentence that names who did it needs no name after it, unless somebody acted for somebody. */
const isWorthNaming = ({ actor, message }: EventView): boolean =>
  actor.kind === 'person' && (actor.actingFrom !== undefined || !message.includes(personName(actor.id)));
