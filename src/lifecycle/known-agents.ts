import type { AgentId, Instant, ProjectId } from '../domain/ids.ts';
import type { AgentRecord } from '../engine/records.ts';
import type { Clock } from '../engine/clock.ts';

/**
 * What this control plane knows of agents without asking the database: who is heard, and their records where whoever
 * keeps them here is told of every change. Nothing of it outlives the process.
 */
export interface KnownAgents {
  /** It said something just now. */
  heard(project: ProjectId, agent: AgentId): void;
  /** A question of it is held open: it is heard until that ends, because a connection that breaks ends it. */
  hold(project: ProjectId, agent: AgentId): Disposable;
  /** When it was heard last, here; null: never, and another replica may know better. */
  heardAt(agent: AgentId): Instant | null;
  /** Those of a project that were heard since this was asked last. */
  takeHeard(project: ProjectId): readonly AgentId[];
  /** Kept or read. What is read is kept only while `keeps` says that changes are told of. */
  record(
    agent: AgentId,
    keeps: () => boolean,
    read: () => Promise<AgentRecord | undefined>,
  ): Promise<AgentRecord | undefined>;
  /** Records changed: of one agent, or of nobody knows whom. */
  forget(agent?: AgentId): void;
}

export function createKnownAgents(clock: Clock): KnownAgents {
  const records = new Map<AgentId, AgentRecord>();
  const lastHeard = new Map<AgentId, Instant>();
  const held = new Map<AgentId, number>();
  const fresh = new Map<ProjectId, Set<AgentId>>();
  /** Reads that are under way: what they find is kept if nothing changed meanwhile. */
  const reads = new Map<AgentId, symbol>();

  const heard = (project: ProjectId, agent: AgentId): void => {
    lastHeard.set(agent, clock.now());
    const ofProject = fresh.get(project);
    if (ofProject === undefined) fresh.set(project, new Set([agent]));
    else ofProject.add(agent);
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
    takeHeard: (project) => {
      const taken = [...(fresh.get(project) ?? [])];
      // Whose question is held is heard at every moment, and so again by then.
      fresh.set(project, new Set(taken.filter((agent) => held.has(agent))));
      return taken;
    },
    record: async (agent, keeps, read) => {
      const kept = records.get(agent);
      if (kept !== undefined) return kept;
      const own = Symbol(agent);
      reads.set(agent, own);
      const found = await read();
      // It may have changed while it was read.
      if (reads.get(agent) !== own) return found;
      reads.delete(agent);
      if (found !== undefined && keeps()) records.set(agent, found);
      return found;
    },
    forget: (agent) => {
      for (const kept of [records, reads])
        if (agent === undefined) kept.clear();
        else kept.delete(agent);
    },
  };
}
