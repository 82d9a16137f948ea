import type { ChainedEvent } from '../../src/domain/event.ts';
import type { ControlPlane } from '../../src/lifecycle/face.ts';
import type { EventView } from '../../src/lifecycle/views.ts';
import { project, startOfTime } from './stage.ts';

type News = Parameters<Parameters<ControlPlane['onNews']>[1]>[0];

/** A log that a test writes to, with its news. */
export interface Chain {
  readonly parts: Pick<
    ControlPlane,
    'log' | 'eventsAfter' | 'eventView' | 'onNews' | 'rollout' | 'auditHeader'
  >;
  happen(message: string): void;
  measure(rollout: string): void;
  /** How many follow. */
  followers(): number;
}

export function createChain(): Chain {
  const events: ChainedEvent[] = [];
  const listeners = new Set<(news: News) => void>();
  const tell = (news: News): void => {
    for (const listener of listeners) listener(news);
  };
  let measured = 0;
  return {
    followers: () => listeners.size,
    happen: (message) => {
      events.push(event(events.length + 1, message));
      tell({ kind: 'events' });
    },
    measure: (rollout) => {
      measured += 1;
      tell({ kind: 'figures', rollout: rollout as never });
    },
    parts: {
      log: async () => ({ items: events.slice(-1).map(view), next: null }),
      eventsAfter: async (_project, position, limit) => events.slice(position, position + limit),
      eventView: async (one) => view(one),
      rollout: async (_project, id) => ({ id, measured }) as never,
      onNews: (_project, listener) => {
        listeners.add(listener);
        return { [Symbol.dispose]: () => void listeners.delete(listener) };
      },
      auditHeader: async () => ({
        project: project.id,
        name: project.name,
        publicKey: 'key',
        checkpoints: [],
      }),
    },
  };
}

const event = (position: number, message: string): ChainedEvent =>
  ({
    id: `event-${position}`,
    project: project.id,
    position,
    kind: 'promotion.requested',
    at: startOfTime,
    actor: { kind: 'automation', rule: 'test' },
    environment: null,
    subject: 'promotion/1',
    message,
    payload: {},
    payloadDigest: 'sha256:0',
    link: 'sha256:0',
  }) as never;

const view = ({ position, at, kind, actor, subject, message, payload }: ChainedEvent): EventView => ({
  position,
  at,
  kind,
  actor,
  environment: null,
  subject,
  message,
  payload,
});
