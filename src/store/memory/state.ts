import type { Checkpoint } from '../../domain/audit/types.ts';
import type { ChainedEvent } from '../../domain/event.ts';
import type { AgentId, ProjectId } from '../../domain/ids.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import type { AgentOf, RecordKind } from '../../engine/store.ts';
import type { FoundBy } from '../../engine/found-by.ts';
import type { UnchainedEvent } from '../new-event.ts';

/** A record as it is kept. */
export interface Kept {
  readonly id: string;
  /** Frozen all through: it is handed out as it is. */
  readonly value: unknown;
  readonly version: number;
  readonly found: FoundBy;
}

/** What is committed. `revision` rises with each commit; `changedIn` says in which one a place last changed. */
export interface State {
  revision: number;
  readonly changedIn: Map<string, number>;
  readonly records: Map<string, Map<string, Kept>>;
  /** By their numbers, in the order in which these rise; frozen. */
  readonly samples: Map<string, readonly Sample[]>;
  readonly sequences: Map<string, number>;
  readonly unchained: Map<ProjectId, UnchainedEvent[]>;
  readonly chained: Map<ProjectId, ChainedEvent[]>;
  readonly checkpoints: Map<ProjectId, Map<number, Checkpoint>>;
  readonly heard: Map<AgentId, number>;
}

export const emptyState = (): State => ({
  revision: 0,
  changedIn: new Map(),
  records: new Map(),
  samples: new Map(),
  sequences: new Map(),
  unchained: new Map(),
  chained: new Map(),
  checkpoints: new Map(),
  heard: new Map(),
});

/** As it is now, whatever is committed later. What is kept is never changed, but replaced. */
export const copyOf = (state: State): State => ({
  revision: state.revision,
  changedIn: new Map(state.changedIn),
  records: copied(state.records, (kept) => new Map(kept)),
  samples: new Map(state.samples),
  sequences: new Map(state.sequences),
  unchained: copied(state.unchained, (events) => [...events]),
  chained: copied(state.chained, (events) => [...events]),
  checkpoints: copied(state.checkpoints, (all) => new Map(all)),
  // Not of what a backup keeps: who is heard is heard now.
  heard: new Map(),
});

const copied = <K, V>(map: ReadonlyMap<K, V>, copy: (value: V) => V): Map<K, V> =>
  new Map([...map].map(([key, value]) => [key, copy(value)]));

/** A kind of records in a project: what a list reads. */
export const shelfOf = (project: ProjectId, kind: RecordKind): string => `${project} ${kind}`;

const agentShelf = ' agent';

export function agentsIn(records: State['records']): readonly AgentOf[] {
  const agents: AgentOf[] = [];
  for (const [shelf, kept] of records) {
    if (!shelf.endsWith(agentShelf)) continue;
    const project = shelf.slice(0, -agentShelf.length) as ProjectId;
    for (const agent of kept.keys()) agents.push({ project, agent: agent as AgentId });
  }
  return agents;
}

/** Whether another project has the name already: two replicas that start at once must not both create it. */
export const isProjectCalled = ({ records }: State, name: string | null, id: string): boolean =>
  [...records].some(
    ([shelf, kept]) =>
      shelf.endsWith(' project') &&
      [...kept.values()].some((one) => one.found.name === name && one.id !== id),
  );
