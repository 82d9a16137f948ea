import { isFailure } from '../../domain/failure.ts';
import type { ProjectId, RolloutId } from '../../domain/ids.ts';
import type { ControlPlane } from '../../lifecycle/face.ts';
import { createInbox } from './inbox.ts';
import type { Sender } from './sender.ts';

const eventsAtOnce = 100;

export interface Feed {
  readonly controlPlane: ControlPlane;
  readonly project: ProjectId;
  /** Events after this position are sent. */
  readonly after: number;
  readonly sender: Sender;
}

/** Sends what happens in a project until the signal is aborted: every event once and in order, figures as they are. */
export async function feed(
  { controlPlane, project, after, sender }: Feed,
  signal: AbortSignal,
): Promise<void> {
  const inbox = createInbox();
  using _listening = controlPlane.onNews(project, (news) => inbox.put(news));
  let position = after;
  inbox.put({ kind: 'events' });
  while (!signal.aborted) {
    await inbox.wait(signal);
    const { events, figures } = inbox.take();
    if (events) position = await sendEvents(controlPlane, project, position, sender, signal);
    for (const rollout of figures) await sendFigures(controlPlane, project, rollout, sender);
  }
}

async function sendEvents(
  controlPlane: ControlPlane,
  project: ProjectId,
  after: number,
  sender: Sender,
  signal: AbortSignal,
): Promise<number> {
  let position = after;
  while (!signal.aborted) {
    const events = await controlPlane.eventsAfter(project, position, eventsAtOnce);
    for (const event of events) {
      await sender.send({ event: 'event', id: event.position, data: await controlPlane.eventView(event) });
      position = event.position;
    }
    if (events.length < eventsAtOnce) break;
  }
  return position;
}

async function sendFigures(
  controlPlane: ControlPlane,
  project: ProjectId,
  rollout: RolloutId,
  sender: Sender,
): Promise<void> {
  const view = await controlPlane.rollout(project, rollout).catch((thrown: unknown) => {
    if (isFailure(thrown) && thrown.kind === 'absent') return null;
    throw thrown;
  });
  if (view !== null) await sender.send({ event: 'figures', data: view });
}
