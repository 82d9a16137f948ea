import type { ProjectId, RolloutId } from '../domain/ids.ts';
import type { Clock } from '../engine/clock.ts';
import type { Store } from '../engine/store.ts';
import type { EvidenceClue, EvidenceReader } from '../ports/evidence-reader.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { KnownAgents } from './known-agents.ts';

/** What every use case works with. */
export interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  /** UUIDv7. */
  readonly newId: () => string;
  readonly objects: ObjectStore;
  readonly readers: EvidenceReaders;
  /** Tells whoever looks at a live rollout that its figures changed. */
  readonly figures: Figures;
  /** What is known of agents without a look into the store. */
  readonly agents: KnownAgents;
  /** Public half of the key that signs checkpoints, base64url. */
  readonly publicKey: string;
}

/** Every format in which evidence can be handed over. */
export interface EvidenceReaders {
  /** By the name that callers write. */
  readonly known: ReadonlyMap<string, EvidenceReader>;
  /** For a file whose format nobody said; null where nothing tells. */
  guess(clue: EvidenceClue): EvidenceReader | null;
}

/** News that is not kept: the figures of a live rollout. Lost ones are made good by the next. */
export interface Figures {
  changed(project: ProjectId, rollout: RolloutId): void;
  onChanged(call: (project: ProjectId, rollout: RolloutId) => void): Disposable;
}

export function createFigures(): Figures {
  const calls = new Set<(project: ProjectId, rollout: RolloutId) => void>();
  return {
    changed: (project, rollout) => {
      for (const call of calls) call(project, rollout);
    },
    onChanged: (call) => {
      calls.add(call);
      return { [Symbol.dispose]: () => void calls.delete(call) };
    },
  };
}
