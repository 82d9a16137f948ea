import type { ProjectId } from '../../domain/ids.ts';
import { createInbox } from './inbox.ts';
import type { Sender } from './sender.ts';
import { eventsAtOnce, type ReadingOfProject, type SharedReading } from './shared-reading.ts';

export interface Feed {
  readonly shared: SharedReading;
  readonly project: ProjectId;
  /** Events after this position are sent. */
  readonly after: number;
  readonly sender: Sender;
}

/** Sends what happens in a project until the signal is aborted: every event once and in order, figures as they are. */
export async function feed({ shared, project, after, sender }: Feed, signal: AbortSignal): Promise<void> {
  const inbox = createInbox();
  using reading = shared.follow(project, (news) => inbox.put(news));
  let position = after;
  inbox.put({ kind: 'events' });
  while (!signal.aborted) {
    await inbox.wait(signal);
    const { events, figures } = inbox.take();
    if (events) position = await sendEvents(reading, position, sender, signal);
    for (const rollout of figures) {
      const json = await reading.figures(rollout);
      if (json !== null) await sender.send({ event: 'figures', json });
    }
  }
}

async function sendEvents(
  reading: ReadingOfProject,
  after: number,
  sender: Sender,
  signal: AbortSignal,
): Promise<number> {
  let position = after;
  while (!signal.aborted) {
    const events = await reading.eventsAfter(position);
    for (const event of events) {
      await sender.send({ event: 'event', id: event.position, json: event.json });
      position = event.position;
    }
    if (events.length < eventsAtOnce) break;
  }
  return position;
}
