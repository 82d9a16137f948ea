import type { ProjectId } from '../../domain/ids.ts';
import type { RecordKind, Stored, Transaction } from '../../engine/store.ts';

type Found = Promise<Stored<RecordKind> | undefined>;

/**
 * A transaction that asks for no record twice: it sees one state of the store throughout. What it wrote itself it reads
 * again, as it was kept.
 */
export function seenOnce(tx: Transaction): Transaction {
  const seen = new Map<string, Found>();
  return {
    ...tx,
    get: <K extends RecordKind>(project: ProjectId, kind: K, id: string) => {
      const place = placeOf(project, kind, id);
      const found = seen.get(place) ?? tx.get(project, kind, id);
      seen.set(place, found);
      return found as Promise<Stored<K> | undefined>;
    },
    put: (project, kind, id, value, expected) => {
      seen.delete(placeOf(project, kind, id));
      return tx.put(project, kind, id, value, expected);
    },
    remove: (project, kind, id) => {
      seen.delete(placeOf(project, kind, id));
      return tx.remove(project, kind, id);
    },
  };
}

const placeOf = (project: ProjectId, kind: RecordKind, id: string): string => `${project} ${kind} ${id}`;
