import type { AgentId, Instant, ProjectId } from '../domain/ids.ts';
import type { EventKind } from '../domain/event.ts';
import type { Clock } from '../engine/clock.ts';
import { KeptByNews } from '../engine/kept-by-news.ts';
import type { AgentRecord } from '../engine/records.ts';
import type { AgentOf, Store } from '../engine/store.ts';

/**
 * What this control plane knows of agents without asking the database: who is heard, and their records for as long as it
 * would be told that a key was changed. Nothing of it outlives the process.
 */
export interface KnownAgents {
  /** It said something just now. */
  heard(project: ProjectId, agent: AgentId): void;
  /** A question of it is held open: it is heard until that ends, because a connection that breaks ends it. */
  hold(project: ProjectId, agent: AgentId): Disposable;
  /** When it was heard last, here; null: never, and another replica may know better. */
  heardAt(agent: AgentId): Instant | null;
  /** Those that were heard since this was asked last. */
  takeHeard(): readonly AgentOf[];
  /** Kept or read. */
  record(agent: AgentId, read: () => Promise<AgentRecord | undefined>): Promise<AgentRecord | undefined>;
  /** Its record was changed here. */
  forget(agent: AgentId): void;
}

const ofKeys: ReadonlySet<EventKind> = new Set(['agent.key-replaced', 'agent.key-revoked']);

/** Listens for as long as there is the store. */
export function createKnownAgents(clock: Clock, store: Pick<Store, 'hearing' | 'onAppended'>): KnownAgents {
  const records = new KeptByNews<AgentId, AgentRecord>(store);
  store.onAppended((_project, kinds) => {
    if (kinds?.some((kind) => ofKeys.has(kind))) records.forget();
  });
  const lastHeard = new Map<AgentId, Instant>();
  const held = new Map<AgentId, number>();
  let fresh = new Map<AgentId, AgentOf>();

  const heard = (project: ProjectId, agent: AgentId): void => {
    lastHeard.set(agent, clock.now());
    fresh.set(agent, { project, agent });
  };
  return {
    heard,
    hold: (project, agent) => {
      heard(project, agent);
      held.set(agent, (held.get(agent) ?? 0) + 1);
      return {
        [Symbol.dispose]: () => {
          const left = (held.get(agent) ?? 1) - 1;
          if (left > 0) held.set(agent, left);
          else held.delete(agent);
          heard(project, agent);
        },
      };
    },
    heardAt: (agent) => (held.has(agent) ? clock.now() : (lastHeard.get(agent) ?? null)),
    takeHeard: () => {
      const taken = [...fresh.values()];
      // Whose question is held is heard at every moment, and so again by then.
      fresh = new Map([...fresh].filter(([agent]) => held.has(agent)));
      return taken;
    },
    record: (agent, read) => records.get(agent, read),
    forget: (agent) => records.forget(agent),
  };
}
